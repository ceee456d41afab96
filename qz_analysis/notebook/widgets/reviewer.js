// The reviewer in JupyterLab: one claim in its sentence, a verdict at the press of a button.

function render({ model, el }) {
  const root = quiet(h("div", { class: "qz-review" }));
  el.append(root);

  const draw = () => {
    const { claim, facts, why, at, all, done, file, who, told, wrong, words } = model.get("answer");
    const focused = nameOf(root);
    const kept = Object.fromEntries([...root.querySelectorAll("form [name]")].map((field) => [field.name, field.value]));
    const progress = words.progress.replace("{at}", Math.min(at + 1, all)).replace("{all}", all).replace("{done}", done).replace("{file}", file);
    const parts = [h("p", { class: "qz-progress" }, progress)];
    const finished = !claim.claim;
    const choice = (name, off) => button(name, words[name], () => verdict(name), off);
    if (finished) {
      parts.push(h("p", { class: "qz-end" }, words.end));
    } else {
      const column = h("select", { name: "column" });
      for (const name of Object.keys(facts)) column.append(h("option", { value: name }, name));
      const now = h("input", { name: "now", autocomplete: "off" });
      column.addEventListener("change", () => { now.value = facts[column.value]; });
      if (wrong && kept.column in facts) column.value = kept.column;
      now.value = wrong ? kept.now : facts[column.value];
      const list = h("dl", { class: "qz-facts" });
      for (const [name, value] of Object.entries(facts)) if (value) list.append(h("dt", {}, name), h("dd", {}, value));
      list.append(h("dt", {}, words.where), h("dd", {}, claim.where));
      parts.push(
        h("p", { class: "qz-sentence" }, claim.before, h("mark", {}, claim.figure), claim.after),
        why ? h("p", { class: "qz-doubts" }, `${words.doubts}: ${why}`) : null,
        list,
        h("form", { onsubmit: (event) => { event.preventDefault(); verdict("change"); } },
          h("label", {}, h("span", {}, words.column), column),
          h("label", {}, h("span", {}, words.now), now),
          h("label", {}, h("span", {}, words.why), h("input", { name: "why", autocomplete: "off", value: wrong ? kept.why : "" })),
          h("label", {}, h("span", {}, words.who), h("input", { name: "who", autocomplete: "off", value: kept.who ?? who }))));
    }
    parts.push(h("div", { class: "qz-verdicts" }, ...["accept", "change", "drop", "skip"].map((name) => choice(name, finished)), choice("back", at === 0)),
      h("p", { class: wrong ? "qz-told qz-wrong" : "qz-told", role: "status" }, told));
    root.replaceChildren(...there(parts));
    focus(root, focused);
    root.dataset.claim = claim.claim ?? "";
    delete root.dataset.busy;
  };

  const verdict = (kind) => {
    const field = (name) => root.querySelector(`form [name="${name}"]`)?.value ?? "";
    root.dataset.busy = "true";
    model.send({ kind, column: field("column"), now: field("now"), why: field("why"), who: field("who") });
  };

  chinese(model);
  model.on("change:answer", draw);
  draw();
  return () => model.off("change:answer", draw);
}

export default { render };
