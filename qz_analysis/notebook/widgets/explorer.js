// The explorer in JupyterLab: draws what Python answers, sends what the hand chooses.

const ANY = "\u0000any"; // no value of a table can be this
const REST = 600; // ms after the last choice until the picture of a page that does not run follows
const TYPED = 250; // ms after the last letter of a search

function render({ model, el }) {
  const root = quiet(h("div", { class: "qz-explore" }));
  const controls = h("div", { class: "qz-controls" });
  const status = h("p", { class: "qz-status", role: "status" });
  const chart = h("div", { class: "qz-picture" });
  const evidence = h("div", { class: "qz-table" });
  const code = h("details", { class: "qz-lines" });
  root.append(controls, status, chart, evidence, code);
  el.append(root);
  let resting = 0, typing = 0, search = null;
  const pointed = new Map();

  const send = (what) => {
    root.dataset.busy = "true";
    model.send({ kind: "change", what });
  };

  // ---- what can be chosen

  const drawControls = ({ options, state, words }) => {
    const scrolled = controls.querySelector("[name=places]")?.scrollTop ?? 0;
    // taken before it is moved, which takes the focus away
    const held = search && document.activeElement === search ? [search.selectionStart, search.selectionEnd] : null;
    const one = (name) => {
      const select = h("select", { name, onchange: () => send({ [name]: select.value === ANY ? null : select.value }) });
      select.append(h("option", { value: ANY }, words.any));
      for (const [value, label, count] of options[name]) select.append(h("option", { value }, `${label} (${count})`));
      select.value = state[name] === null ? ANY : state[name];
      return h("label", {}, h("span", {}, words[name]), select);
    };
    const fixed = (name, values) => {
      const select = h("select", { name, onchange: () => send({ [name]: select.value, page: name === "lang" ? state.page : 0 }) });
      for (const [value, label] of values) select.append(h("option", { value }, label));
      select.value = state[name];
      return h("label", {}, h("span", {}, words[name]), select);
    };
    const modalities = options.modality.map(([value, label, count]) => [value, `${value === "any" ? words.any_modality : label} (${count})`]);
    if (!search) {
      // the box stays as it is while letters are typed into it
      search = h("input", { name: "find", type: "search", value: state.find,
        oninput: () => { clearTimeout(typing); typing = setTimeout(() => send({ find: search.value }), TYPED); } });
    }
    search.setAttribute("aria-label", words.search);
    const parts = [...["family", "indicator", "stage", "measure", "period"].map(one), fixed("modality", modalities),
      fixed("view", ["years", "place", "year"].map((value) => [value, words[`view_${value}`]])),
      fixed("lang", ["en", "zh", "both"].map((value) => [value, words[`lang_${value}`]])),
      h("label", { class: "qz-search" }, h("span", {}, words.search), search), drawPlaces(options.place, state.places, words)];
    controls.replaceChildren(...parts);
    if (held) {
      search.focus();
      search.setSelectionRange(...held);
    }
    controls.querySelector("[name=places]").scrollTop = scrolled;
  };

  const drawPlaces = (places, chosen, words) => {
    const select = h("select", { name: "places", multiple: true, size: 4, "aria-label": words.places });
    select.append(...places.map(([value, label, count]) => {
      const option = h("option", { value }, `${label} (${count})`);
      option.selected = chosen.includes(value);
      return option;
    }));
    const tell = () => send({ places: [...select.selectedOptions].map((option) => option.value) });
    select.addEventListener("change", tell);
    // a plain click adds a place or takes it away, without a key held down
    select.addEventListener("mousedown", (event) => {
      if (event.target.tagName !== "OPTION") return;
      event.preventDefault();
      event.target.selected = !event.target.selected;
      select.focus();
      tell();
    });
    const all = button("all", words.all, () => send({ places: [] }), !chosen.length);
    return h("div", { class: "qz-places" }, h("span", {}, words.places), all, select);
  };

  // ---- the chart: marks stand where Python says, between 0 and 1

  const s = (tag, attributes, ...children) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== undefined) element.setAttribute(name, value);
    element.append(...there(children));
    return element;
  };
  const pen = document.createElement("canvas").getContext("2d");
  const fitted = (text, width) => {
    pen.font = `13px ${getComputedStyle(root).fontFamily}`;
    if (pen.measureText(text).width <= width) return text;
    let kept = text;
    while (kept && pen.measureText(`${kept}…`).width > width) kept = kept.slice(0, -1);
    return `${kept}…`;
  };
  const text = (x, y, words, more = {}) => s("text", { x, y, ...more }, words);

  const mark = (i, { label, figure, group }, ...drawn) => {
    const name = [group, label, figure].filter(Boolean).join(": ");
    const one = s("g", { class: "qz-mark", tabindex: "0", role: "button", "data-mark": i, "aria-label": name, "aria-pressed": "false" }, ...drawn);
    one.addEventListener("click", () => pick(one.getAttribute("aria-pressed") === "true" ? null : i));
    one.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); one.dispatchEvent(new MouseEvent("click")); } });
    for (const kind of ["pointerenter", "focus"]) one.addEventListener(kind, () => point(i, one));
    for (const kind of ["pointerleave", "blur"]) one.addEventListener(kind, () => { chart.querySelector(".qz-tip").hidden = true; });
    return one;
  };

  const dot = (x, y, colour, hollow) => hollow
    ? s("path", { d: `M${x} ${y - 6}l6 6l-6 6l-6-6z`, fill: "var(--jp-layout-color0, #fff)", stroke: colour, "stroke-width": 2 })
    : s("circle", { cx: x, cy: y, r: 5, fill: colour });

  const rowsChart = ({ marks, ticks }, width, colours) => {
    const left = Math.min(320, 0.42 * width), right = width - 130, row = 26;
    const x = (at) => left + 10 + at * (right - left - 20);
    const parts = [];
    let y = 8, head = null;
    marks.forEach((one, i) => {
      if (one.group !== head) {
        head = one.group;
        y += row;
        parts.push(text(0, y - 8, fitted(head, width), { class: "qz-head" }));
      }
      y += row;
      const middle = y - row / 2, colour = colours[0];
      const drawn = [s("rect", { x: 0, y: y - row, width, height: row, class: "qz-hit" }), text(12, middle + 4, fitted(one.label, left - 16))];
      if (one.low !== null) drawn.push(s("line", { x1: x(one.low), x2: x(one.high), y1: middle, y2: middle, stroke: colour, "stroke-width": 4 }));
      if (one.at !== null) drawn.push(dot(x(one.at), middle, colour, one.target));
      drawn.push(text(right + 8, middle + 4, fitted(one.figure, 122)));
      parts.push(mark(i, one, ...drawn));
    });
    const grid = ticks.flatMap(([at, words]) => [s("line", { x1: x(at), x2: x(at), y1: 8, y2: y, class: "qz-grid" }),
      text(x(at), y + 18, words, { class: "qz-tick", "text-anchor": "middle" })]);
    return [y + 26, [...grid, ...parts]];
  };

  const yearsChart = ({ marks, ticks, years, series }, width, colours) => {
    const left = 64, right = width - Math.min(200, 0.3 * width), top = 14, bottom = 300;
    const x = (at) => left + 14 + at * (right - left - 28), y = (at) => bottom - at * (bottom - top);
    const colour = (one) => colours[one.series % colours.length];
    const grid = [...ticks.flatMap(([at, words]) => [s("line", { x1: left, x2: right, y1: y(at), y2: y(at), class: "qz-grid" }),
      text(left - 8, y(at) + 4, words, { class: "qz-tick", "text-anchor": "end" })]),
      ...years.map(([at, words]) => text(x(at), bottom + 20, words, { class: "qz-tick", "text-anchor": "middle" }))];
    const middle = (one) => one.at ?? (one.low + one.high) / 2;
    const gap = years.length > 1 ? years[1][0] - years[0][0] : 1;
    const step = gap / (years.length > 1 ? Number(years[1][1]) - Number(years[0][1]) : 1); // one year
    const lines = [], ends = [];
    series.forEach((name, number) => {
      const own = marks.filter((one) => one.series === number), told = own.filter((one) => !one.target);
      // a year without a figure parts the line
      told.slice(1).forEach((one, i) => {
        if (one.year - told[i].year < 1.5 * step) lines.push(s("line", { x1: x(told[i].year), y1: y(middle(told[i])), x2: x(one.year), y2: y(middle(one)), stroke: colour(one), "stroke-width": 2 }));
      });
      const last = (told.length ? told : own).at(-1);
      if (last) ends.push({ y: y(middle(last)), name, colour: colour(last), from: x(last.year) });
    });
    ends.sort((a, b) => a.y - b.y);
    ends.forEach((end, i) => { end.at = Math.max(end.y, i ? ends[i - 1].at + 16 : top); });
    const over = ends.length ? Math.max(0, ends.at(-1).at - bottom) : 0;
    const labels = ends.map((end) => text(right + 10, end.at - over + 4, fitted(end.name, width - right - 12), { fill: end.colour, class: "qz-end-label" }));
    const drawn = marks.map((one, i) => {
      const at = [x(one.year), y(middle(one))];
      const bar = one.low === null ? null : s("line", { x1: at[0], x2: at[0], y1: y(one.low), y2: y(one.high), stroke: colour(one), "stroke-width": 4 });
      return mark(i, one, s("circle", { cx: at[0], cy: at[1], r: 11, class: "qz-hit" }), bar, one.at === null ? null : dot(...at, colour(one), one.target));
    });
    return [bottom + 30, [...grid, ...lines, ...labels, ...drawn]];
  };

  const drawChart = () => {
    const { chart: said, colours, told, state } = model.get("answer");
    if (!said.marks.length) {
      chart.replaceChildren(h("p", { class: "qz-none" }, told));
      return;
    }
    const width = Math.max(320, chart.clientWidth || 760);
    const [height, parts] = (state.view === "years" ? yearsChart : rowsChart)(said, width, colours);
    const picture = s("svg", { class: "qz-chart", viewBox: `0 0 ${width} ${height}`, width, height, role: "group" }, ...parts);
    const notes = [told, ...said.notes].filter(Boolean).join(" ");
    chart.replaceChildren(picture, h("p", { class: "qz-notes" }, notes), h("div", { class: "qz-tip", hidden: true }));
  };

  // ---- the sentence under the pointer

  const point = (i, one) => {
    const { turn } = model.get("answer");
    const tip = chart.querySelector(".qz-tip");
    const box = one.lastElementChild.getBoundingClientRect(), frame = chart.getBoundingClientRect();
    tip.dataset.mark = i;
    tip.style.left = `${Math.max(0, Math.min(box.left - frame.left, frame.width - 380))}px`;
    tip.style.top = `${box.bottom - frame.top + 8}px`;
    tip.hidden = true;
    if (pointed.has(i)) drawTip(i);
    else model.send({ kind: "point", mark: i, turn });
  };

  const drawTip = (i) => {
    const tip = chart.querySelector(".qz-tip");
    if (!tip || Number(tip.dataset.mark) !== i) return;
    const over = chart.querySelector(`.qz-mark[data-mark="${i}"]`);
    tip.replaceChildren(h("strong", {}, over.getAttribute("aria-label")), ...pointed.get(i).map((row) =>
      h("p", {}, row.before, h("mark", {}, row.figure), row.after, h("small", {}, ` ${row.where}`))));
    tip.hidden = !over.matches(":hover, :focus");
  };

  const hear = (message) => {
    if (message.kind !== "point" || message.turn !== model.get("answer").turn) return;
    pointed.set(message.mark, message.rows);
    drawTip(message.mark);
  };

  // ---- what the reports say

  const pick = (i) => model.send({ kind: "pick", mark: i });

  const drawEvidence = () => {
    const { evidence: all, words, statuses } = model.get("answer");
    const { mark: picked, evidence: own } = model.get("picked");
    chart.querySelectorAll(".qz-mark").forEach((one, i) => one.setAttribute("aria-pressed", String(i === picked)));
    const marks = { ok: "✓", bad: "×" };
    const rows = (picked === null ? all : own).map((claim) => h("tr", { "data-claim": claim.claim },
      h("td", { class: "qz-words" }, claim.before, h("mark", {}, claim.figure), claim.after,
        claim.status === "ok" ? null : h("small", {}, ` ${statuses[claim.status]}: ${claim.note}`)),
      h("td", {}, [claim.place, claim.period].filter(Boolean).join(" · ")),
      h("td", {}, [marks[claim.audit], claim.corrected && "†", claim.counts].filter(Boolean).join(" ")),
      h("td", {}, claim.caveats),
      h("td", { class: "qz-where" }, claim.where)));
    const heads = ["sentence", "place_period", "audit", "caveats", "where"].map((key) => h("th", { scope: "col" }, words[key]));
    const caption = h("caption", {}, picked === null ? words.evidence : words.evidence_row, picked === null ? null
      : button("whole", words.whole, () => { chart.querySelector(`[data-mark="${picked}"]`)?.focus(); pick(null); }));
    evidence.replaceChildren(h("table", { class: "qz-evidence" }, caption, h("thead", {}, h("tr", {}, ...heads)), h("tbody", {}, ...rows)));
  };

  const drawStatus = ({ total, pages, state, chart: { marks }, words, fault }) => {
    const turn = (by, name, off) => button(name, words[name], () => send({ page: state.page + by }), off);
    const shown = marks.reduce((sum, one) => sum + (state.view === "years" ? one.claims.length : 1), 0);
    status.replaceChildren(...there([words.count.replace("{shown}", shown.toLocaleString("en")).replace("{total}", total.toLocaleString("en")),
      pages > 1 ? turn(-1, "back", state.page === 0) : null, pages > 1 ? ` ${state.page + 1} / ${pages} ` : null,
      pages > 1 ? turn(1, "next", state.page + 1 >= pages) : null, fault ? ` ${fault}` : null]));
  };

  const drawCode = ({ code: lines, words }) => {
    code.replaceChildren(h("summary", {}, words.code), h("pre", { class: "qz-code" }, lines));
  };

  const drawPicked = () => {
    drawEvidence();
    if (model.get("picked").mark !== null) evidence.scrollIntoView({ block: "nearest" });
  };

  const draw = () => {
    const answer = model.get("answer");
    const focused = nameOf(root);
    pointed.clear();
    drawControls(answer);
    drawStatus(answer);
    drawChart();
    drawEvidence();
    drawCode(answer);
    if (focused !== "find") focus(root, focused);
    root.dataset.state = JSON.stringify(answer.state);
    root.dataset.ms = answer.ms;
    root.dataset.turn = answer.turn;
    delete root.dataset.busy;
    clearTimeout(resting);
    // the first picture of all was sent with the widget
    if (answer.turn > 1) resting = setTimeout(() => model.send({ kind: "still" }), REST);
  };

  chinese(model);
  let wide = 0;
  const sized = new ResizeObserver(() => {
    if (Math.abs(chart.clientWidth - wide) < 2) return;
    wide = chart.clientWidth;
    drawChart();
    drawEvidence();
  });
  model.on("msg:custom", hear);
  model.on("change:answer", draw);
  model.on("change:picked", drawPicked);
  draw();
  sized.observe(chart);
  return () => {
    clearTimeout(resting);
    clearTimeout(typing);
    sized.disconnect();
    model.off("msg:custom", hear);
    model.off("change:answer", draw);
    model.off("change:picked", drawPicked);
  };
}

export default { render };
