// What both widgets are made with. Text of pages is set as text, never as HTML: nothing in a report can act.

const h = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
};

// a letter typed on a control is no shortcut of the notebook's: dd on a select would delete the cell
const quiet = (root) => {
  root.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
  });
  return root;
};

// the control that a hand is on, so that it can be found again when all are drawn anew
const nameOf = (root) => (root.contains(document.activeElement) ? document.activeElement.name : "");
const focus = (root, name) => name && root.querySelector(`[name="${name}"]`)?.focus();

