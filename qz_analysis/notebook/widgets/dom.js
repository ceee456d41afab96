// What both widgets are made with. Text of pages is set as text, never as HTML: nothing in a report can act.

const there = (parts) => parts.filter((part) => part !== null && part !== undefined);

const h = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...there(children));
  return element;
};

// a button that is off stays where it is, so that the hand that pressed it last does not lose its place
const button = (name, label, act, off = false) =>
  h("button", { type: "button", name, "aria-disabled": off ? "true" : null, onclick: (event) => off || act(event) }, label);

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

// Chinese on a machine without Chinese fonts: there two characters look alike, as empty boxes. Python has a font that holds them.
const drawnAs = (character) => {
  const canvas = h("canvas", { width: 20, height: 20 });
  const ink = canvas.getContext("2d", { willReadFrequently: true });
  ink.font = "16px sans-serif";
  ink.fillText(character, 0, 16);
  return ink.getImageData(0, 0, 20, 20).data.join();
};

const chinese = (model) => {
  const family = "Noto Sans SC";
  if ([...document.fonts].some((face) => face.family.includes(family)) || drawnAs("群") !== drawnAs("众")) return;
  model.on("msg:custom", async (message, [data]) => {
    if (message.kind !== "font") return;
    document.fonts.add(await new FontFace(family, data.buffer).load());
  });
  model.send({ kind: "font" });
};
