// The reviewer in JupyterLab: one claim in its sentence, a verdict at the press of a button, and all that are alike at once.

const ANY = "\u0000any"; // no value of a table can be this
const REST = 400; // ms between two slices of the audit, in which a verdict is heard

function render({ model, el }) {
  const root = quiet(h("div", { class: "qz-review" }));
  const top = h("div", {}), alike = h("details", { class: "qz-part", name: "alike" }), report = h("details", { class: "qz-part", name: "report" });
  root.append(top, alike, report);
  el.append(root);
  const chosenIn = new Set(["unit", "subject"]);
  let shown = "", waiting = 0;

  const answer = () => model.get("answer");
  const fill = (text, fillers) => Object.entries(fillers).reduce((line, [name, value]) => line.replaceAll(`{${name}}`, value), text);
  const field = (name) => root.querySelector(`form [name="${name}"]`)?.value ?? "";
  const send = (kind, more = {}) => {
    root.dataset.busy = "true";
    model.send({ kind, column: field("column"), now: field("now"), why: field("why"), who: field("who"), ...more });
  };
  const named = (column, value) => (answer().choices[column] ?? []).find(([key]) => key === value)?.[1] ?? value;

  const drawFacets = ({ facets, chosen, words }) => h("div", { class: "qz-controls" }, h("span", { class: "qz-only" }, words.facets),
    ...Object.entries(facets).map(([facet, values]) => {
      const select = h("select", { name: `facet_${facet}`, onchange: () => send("narrow", { facet, value: select.value === ANY ? null : select.value }) });
      select.append(h("option", { value: ANY }, words.any));
      for (const [value, label, count] of values) select.append(h("option", { value }, `${label} (${count})`));
      select.value = facet in chosen ? chosen[facet] : ANY;
      return h("label", {}, h("span", {}, words[facet]), select);
    }));

  const drawForm = (kept, { facts, who, wrong, words, choices, columns }) => {
    const column = h("select", { name: "column" });
    for (const name of Object.keys(facts)) column.append(h("option", { value: name }, columns[name]));
    const now = h("input", { name: "now", autocomplete: "off", list: "qz-choices" });
    const list = h("datalist", { id: "qz-choices" });
    const begin = () => {
      now.value = facts[column.value];
      list.replaceChildren(...(choices[column.value] ?? []).map(([value, label]) => h("option", { value, label })));
    };
    column.addEventListener("change", begin);
    if (kept.column in facts) column.value = kept.column;
    begin();
    if (wrong) now.value = kept.now;
    return h("form", { onsubmit: (event) => { event.preventDefault(); send("change"); } },
      h("label", {}, h("span", {}, words.column), column),
      h("label", {}, h("span", {}, words.now), now, list),
      h("label", {}, h("span", {}, words.why), h("input", { name: "why", autocomplete: "off", value: wrong ? kept.why : "" })),
      h("label", {}, h("span", {}, words.who), h("input", { name: "who", autocomplete: "off", value: kept.who || who })));
  };

  const drawLeft = (left, size) => {
    const line = root.querySelector(".qz-left");
    if (line) line.textContent = left ? fill(answer().words.left, { left: left.toLocaleString("en"), size: size.toLocaleString("en") }) : "";
    clearTimeout(waiting);
    if (left) waiting = setTimeout(() => model.send({ kind: "more" }), REST);
  };

  const drawTop = (kept, state) => {
    const { claim, facts, why, at, all, done, file, told, wrong, words, left, size, undo, columns } = state;
    const finished = !claim.claim;
    const choice = (name, off) => button(name, words[name], () => send(name), off);
    const progress = fill(words.progress, { at: Math.min(at + 1, all), all, done, file });
    const parts = [drawFacets(state), h("p", { class: "qz-progress" }, progress, h("span", { class: "qz-left" }))];
    if (finished) {
      parts.push(h("p", { class: "qz-end" }, words.end));
    } else {
      const list = h("dl", { class: "qz-facts" });
      for (const [name, value] of Object.entries(facts)) if (value) list.append(h("div", {}, h("dt", {}, columns[name]), h("dd", {}, named(name, value))));
      list.append(h("div", {}, h("dt", {}, words.where), h("dd", {}, claim.where)));
      parts.push(
        h("p", { class: "qz-sentence" }, claim.before, h("mark", {}, claim.figure), claim.after),
        why ? h("p", { class: "qz-doubts" }, `${words.doubts}: ${why}`) : null,
        list, drawForm(kept, state));
    }
    parts.push(h("div", { class: "qz-verdicts" }, ...["accept", "change", "drop", "skip"].map((name) => choice(name, finished)),
        choice("back", at === 0), choice("undo", !undo)),
      h("p", { class: wrong ? "qz-told qz-wrong" : "qz-told", role: "status" }, told));
    top.replaceChildren(...there(parts));
    drawLeft(left, size);
  };

  // ---- all that are alike: nothing is written before its preview was seen

  const drawAlike = () => {
    const { words, columns, alike: names, claim } = answer();
    alike.hidden = !claim.claim;
    const boxes = names.map((name) => {
      const box = h("input", { type: "checkbox", name: `same_${name}`,
        onchange: () => { chosenIn[box.checked ? "add" : "delete"](name); preview.replaceChildren(); } });
      box.checked = chosenIn.has(name);
      return h("label", { class: "qz-same" }, box, ` ${columns[name]}`);
    });
    const ask = (name, verdict) => button(name, words[name], () => send("preview", { same: [...chosenIn], verdict }));
    const preview = h("div", { class: "qz-preview" });
    alike.replaceChildren(h("summary", {}, words.alike), h("p", { class: "qz-alike" }, `${words.alike_in}: `, ...boxes),
      h("div", { class: "qz-verdicts" }, ask("preview", "change"), ask("preview_accept", "accept"), ask("preview_drop", "drop")), preview);
  };

  const drawPreview = ({ n, rows, refused, verdict }) => {
    const { words } = answer();
    const place = alike.querySelector(".qz-preview");
    const asked = { column: field("column"), now: field("now"), why: field("why") };
    const head = fill(words[verdict === "change" ? "would" : `would_${verdict}`], { n });
    const lines = rows.map((row) => h("tr", {}, h("td", { class: "qz-words" }, row.before, h("mark", {}, row.figure), row.after),
      h("td", {}, verdict === "change" ? `${row.was || "–"} → ${row.now || "–"}` : ""), h("td", { class: "qz-where" }, row.where)));
    const rest = n > rows.length ? h("p", {}, fill(words.rest, { n: n - rows.length })) : null;
    place.replaceChildren(...there([h("p", {}, h("strong", {}, head)), h("div", { class: "qz-table" }, h("table", { class: "qz-evidence" }, h("tbody", {}, ...lines))), rest,
      ...refused.map(([why, count]) => h("p", { class: "qz-wrong" }, fill(words.not_written, { n: count, why }))),
      h("div", { class: "qz-verdicts" }, button("apply", fill(words.apply, { n }), () => send("apply", { ...asked, same: [...chosenIn], verdict }), !n),
        button("cancel", words.cancel, () => place.replaceChildren()))]));
  };

  // ---- the whole report

  const drawReport = () => {
    const { report: known, words, columns, levels } = answer();
    report.hidden = !Object.keys(known).length;
    const fields = Object.entries(known).map(([name, value]) => {
      const input = name === "level" ? h("select", { name: "report_level" }) : h("input", { name: `report_${name}`, autocomplete: "off", value });
      if (name === "level") {
        for (const [level, label] of [["", "–"], ...levels]) input.append(h("option", { value: level }, label));
        input.value = value;
      }
      return h("label", {}, h("span", {}, columns[name]), input);
    });
    const said = () => Object.fromEntries(Object.keys(known).map((name) => [name, report.querySelector(`[name="report_${name}"]`).value]));
    report.replaceChildren(h("summary", {}, words.whole), h("div", { class: "qz-controls" }, ...fields),
      h("div", { class: "qz-verdicts" }, button("mend", words.mend, () => send("mend", { said: said() })),
        button("join", words.join, () => send("join")), button("lines", words.lines, () => send("lines"))),
      h("ol", { class: "qz-begins" }));
  };

  const drawLines = (lines) => {
    const { words } = answer();
    report.querySelector(".qz-begins").replaceChildren(...lines.map(({ at, words: text, begins }) => h("li", {}, `${text} `,
      begins ? h("em", {}, words.begins) : button(`begin${at}`, words.begin, () => send("begin", { at })))));
  };

  const draw = () => {
    const state = answer();
    const focused = nameOf(root), { told } = state;
    const kept = Object.fromEntries([...root.querySelectorAll("form [name]")].map((one) => [one.name, one.value]));
    drawTop(kept, state);
    const now = `${state.claim.claim}|${state.turned}|${state.words.end}`;
    if (now !== shown) {
      drawAlike();
      drawReport();
    }
    shown = now;
    focus(root, focused);
    // what was applied to many makes the page shorter: the word on it stays in sight
    if (told && root.dataset.busy) top.querySelector(".qz-told").scrollIntoView({ block: "nearest" });
    root.dataset.claim = state.claim.claim ?? "";
    delete root.dataset.busy;
  };

  const hear = (message) => {
    if (message.kind === "left") return drawLeft(message.left, message.size);
    if (message.kind === "preview") drawPreview(message);
    if (message.kind === "lines") drawLines(message.lines);
    if (message.kind in { preview: 1, lines: 1 }) delete root.dataset.busy;
  };

  chinese(model);
  model.on("msg:custom", hear);
  model.on("change:answer", draw);
  draw();
  return () => {
    clearTimeout(waiting);
    model.off("msg:custom", hear);
    model.off("change:answer", draw);
  };
}

export default { render };
