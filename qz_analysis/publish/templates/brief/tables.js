// Sorts and filters the tables of a brief. The page's policy lets this script run, by its hash, and no other.
"use strict";
const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
const turn = { none: "ascending", ascending: "descending", descending: "none" };

for (const table of document.querySelectorAll("table[data-sorts]")) {
  const body = table.tBodies[0], rows = [...body.rows], heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    if (head.tagName !== "TH") return;
    const figures = rows.some(row => "v" in row.cells[column].dataset);
    const key = row => {
      const cell = row.cells[column], text = cell.textContent.trim();
      if (figures) return "v" in cell.dataset ? Number(cell.dataset.v) : null;
      return /^[–—…-]*$/.test(text) ? null : text;
    };
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    head.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => {
      const next = turn[head.getAttribute("aria-sort")], sign = next === "descending" ? -1 : 1;
      for (const other of heads) if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", "none");
      head.setAttribute("aria-sort", next);
      const compare = (a, b) => {
        const one = key(a), two = key(b);
        if (one === null || two === null) return (one === null) - (two === null);
        return sign * (figures ? one - two : order.compare(one, two));
      };
      body.append(...(next === "none" ? rows : [...rows].sort(compare)));
    });
  });

  const line = table.parentElement.previousElementSibling;
  if (!line || !line.matches("[data-filter]")) continue;
  const field = line.querySelector("input"), count = line.querySelector("b");
  const filter = () => {
    const words = field.value.toLowerCase().split(/\s+/);
    for (const row of rows) row.hidden = !words.every(word => row.textContent.toLowerCase().includes(word));
    count.textContent = rows.filter(row => !row.hidden).length;
  };
  field.addEventListener("input", filter);
  line.hidden = false;
  // a link leads to its row though the filter hides it
  window.addEventListener("hashchange", () => {
    const to = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const row = to && to.closest("tr");
    if (!row || !row.hidden || !rows.includes(row)) return;
    field.value = "";
    filter();
    row.scrollIntoView();
  });
}

// a link leads into a fold, which opens for it
function unfold() {
  const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const fold = row && row.closest("details");
  if (!fold || fold.open) return;
  fold.open = true;
  row.scrollIntoView();
}
window.addEventListener("hashchange", unfold);
unfold();
