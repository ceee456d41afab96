// The explorer in JupyterLab: draws what Python answers, sends what the hand chooses.

const ANY = "\u0000any"; // no value of a table can be this

function render({ model, el }) {
  const root = quiet(h("div", { class: "qz-explore" }));
  const controls = h("div", { class: "qz-controls" });
  const status = h("p", { class: "qz-status", role: "status" });
  const chart = h("div", { class: "qz-picture" });
  const evidence = h("div", { class: "qz-table" });
  const code = h("details", { class: "qz-lines" });
  root.append(controls, status, chart, evidence, code);
  el.append(root);
  let address = "";
  let find = "";

  const send = (what) => {
    root.dataset.busy = "true";
    model.send({ kind: "change", what });
  };

  const drawControls = ({ options, state, words }) => {
    const scrolled = controls.querySelector("[name=places]")?.scrollTop ?? 0;
    const one = (name) => {
      const select = h("select", { name, onchange: () => send({ [name]: select.value === ANY ? null : select.value }) });
      select.append(h("option", { value: ANY }, words.any));
      for (const [value, label, count] of options[name]) select.append(h("option", { value }, `${label} (${count})`));
      select.value = state[name] === null ? ANY : state[name];
      return h("label", {}, h("span", {}, words[name]), select);
    };
    const lang = h("select", { name: "lang", onchange: () => send({ lang: lang.value, page: state.page }) });
    for (const value of ["en", "zh", "both"]) lang.append(h("option", { value }, words[`lang_${value}`]));
    lang.value = state.lang;
    controls.replaceChildren(
      ...["family", "stage", "measure", "period"].map(one),
      h("label", {}, h("span", {}, words.lang), lang),
      drawPlaces(options.place, state.places, words),
    );
    controls.querySelector("[name=places]").scrollTop = scrolled;
  };

  const drawPlaces = (places, chosen, words) => {
    const select = h("select", { name: "places", multiple: true, size: 4, "aria-label": words.places });
    const fill = () => {
      const shown = places.filter(([value, label]) => !find || `${value} ${label}`.toLowerCase().includes(find.toLowerCase()));
      select.replaceChildren(...shown.map(([value, label, count]) => {
        const option = h("option", { value }, `${label} (${count})`);
        option.selected = chosen.includes(value);
        return option;
      }));
    };
    const tell = () => {
      const hidden = chosen.filter((value) => ![...select.options].some((option) => option.value === value));
      send({ places: [...hidden, ...[...select.selectedOptions].map((option) => option.value)] });
    };
    select.addEventListener("change", tell);
    // a plain click adds a place or takes it away, without a key held down
    select.addEventListener("mousedown", (event) => {
      if (event.target.tagName !== "OPTION") return;
      event.preventDefault();
      event.target.selected = !event.target.selected;
      select.focus();
      tell();
    });
    const search = h("input", { name: "find", type: "search", placeholder: words.find, "aria-label": words.find, value: find,
      oninput: () => { find = search.value; fill(); } });
    fill();
    const all = button("all", words.all, () => send({ places: [] }), !chosen.length);
    return h("div", { class: "qz-places" }, h("span", {}, words.places), search, all, select);
  };

  const drawPicture = ({ alt, width, bands, told }) => {
    if (address) URL.revokeObjectURL(address);
    address = "";
    if (!bands.length) {
      chart.replaceChildren(h("p", { class: "qz-none" }, told));
      return;
    }
    const bytes = model.get("picture");
    address = URL.createObjectURL(new Blob([bytes.buffer ?? bytes], { type: "image/png" }));
    const frame = h("div", { class: "qz-frame", style: `max-width: ${Math.round(width * 100)}px` },
      h("img", { class: "qz-chart", src: address, alt }));
    bands.forEach(({ top, bottom, label }, row) => frame.append(h("button", {
      type: "button", class: "qz-row", name: `row${row}`, "aria-label": label, title: label, "aria-pressed": "false",
      style: `top: ${100 * top}%; height: ${100 * (bottom - top)}%`,
      onclick: (event) => model.send({ kind: "pick", row: event.currentTarget.getAttribute("aria-pressed") === "true" ? null : row }),
    })));
    chart.replaceChildren(frame);
  };

  const drawEvidence = () => {
    const { evidence: all, words } = model.get("answer");
    const { row, evidence: picked } = model.get("picked");
    chart.querySelectorAll(".qz-row").forEach((button, i) => button.setAttribute("aria-pressed", String(i === row)));
    const marks = { ok: "✓", bad: "×" };
    const rows = (row === null ? all : picked).map((claim) => h("tr", { "data-claim": claim.claim },
      h("td", { class: "qz-words" }, claim.before, h("mark", {}, claim.figure), claim.after,
        claim.status === "ok" ? null : h("small", {}, ` ${claim.status}: ${claim.note}`)),
      h("td", {}, [claim.place, claim.period].filter(Boolean).join(" · ")),
      h("td", {}, [marks[claim.audit], claim.corrected && "†", claim.counts].filter(Boolean).join(" ")),
      h("td", {}, claim.caveats),
      h("td", { class: "qz-where" }, claim.where)));
    const heads = ["sentence", "place_period", "audit", "caveats", "where"].map((key) => h("th", { scope: "col" }, words[key]));
    const caption = h("caption", {}, row === null ? words.evidence : words.evidence_row, row === null ? null
      : button("whole", words.whole, () => { focus(root, `row${row}`); model.send({ kind: "pick", row: null }); }));
    evidence.replaceChildren(h("table", { class: "qz-evidence" }, caption, h("thead", {}, h("tr", {}, ...heads)), h("tbody", {}, ...rows)));
  };

  const drawStatus = ({ total, pages, state, evidence: shown, words, told, bands }) => {
    const turn = (by, name, off) => button(name, words[name], () => send({ page: state.page + by }), off);
    status.replaceChildren(...there([words.count.replace("{shown}", shown.length).replace("{total}", total.toLocaleString("en")),
      pages > 1 ? turn(-1, "back", state.page === 0) : null, pages > 1 ? ` ${state.page + 1} / ${pages} ` : null,
      pages > 1 ? turn(1, "next", state.page + 1 >= pages) : null, bands.length && told ? ` ${told}` : null]));
  };

  const drawCode = ({ code: lines, words }) => {
    code.replaceChildren(h("summary", {}, words.code), h("pre", { class: "qz-code" }, lines));
  };

  const drawPicked = () => {
    drawEvidence();
    if (model.get("picked").row !== null) evidence.scrollIntoView({ block: "nearest" });
  };

  const draw = () => {
    const answer = model.get("answer");
    const focused = nameOf(root);
    drawControls(answer);
    drawStatus(answer);
    drawPicture(answer);
    drawEvidence();
    drawCode(answer);
    focus(root, focused);
    root.dataset.state = JSON.stringify(answer.state);
    root.dataset.ms = answer.ms;
    root.dataset.turn = answer.turn;
    delete root.dataset.busy;
  };

  chinese(model);
  model.on("change:answer", draw);
  model.on("change:picked", drawPicked);
  draw();
  return () => {
    model.off("change:answer", draw);
    model.off("change:picked", drawPicked);
    if (address) URL.revokeObjectURL(address);
  };
}

export default { render };
