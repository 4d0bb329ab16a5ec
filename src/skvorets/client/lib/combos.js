// Combinations of keys: "Mod+Shift+KeyF" against what was pressed, and as people write them.

/** @typedef {{ code: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean, shiftKey: boolean }} Pressed */

/**
 * Is this combination pressed, and nothing more?
 * @param {Pressed} pressed
 * @param {string} combo
 */
export function isPressed(pressed, combo) {
  const parts = combo.split("+");
  const code = parts.at(-1) ?? "";
  const is = (/** @type {string} */ name) => parts.includes(name);
  return sameCode(pressed.code, code) && (pressed.ctrlKey || pressed.metaKey) === is("Mod")
    && pressed.altKey === is("Alt") && pressed.shiftKey === is("Shift");
}

/**
 * Does the combination write something when a text field has the focus?
 * @param {string} combo
 */
export function isWriting(combo) {
  return !/^(Mod|Alt)\+/.test(combo) && !/(^|\+)(F\d+|Escape)$/.test(combo);
}

/** Names of keys whose code does not say what is printed on them. @type {Record<string, string>} */
const NAMES = {
  ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Slash: "/", Backslash: "\\", Equal: "+", Period: ".",
  Escape: "Esc", Delete: "Del",
};
/** Shifted signs that are better known by themselves. @type {Record<string, string>} */
const SIGNS = { "Shift+Slash": "?", "Shift+Period": ">", "Shift+Equal": "+" };
/** @type {Record<string, string>} */
const MAC = { Mod: "⌘", Alt: "⌥", Shift: "⇧" };

/**
 * The combination as people write it.
 * @param {string} combo
 * @param {boolean} isMac
 * @returns {string}
 */
export function comboWords(combo, isMac) {
  if (SIGNS[combo]) return SIGNS[combo];
  const parts = combo.split("+").map((part) => {
    if (part === "Mod" && !isMac) return "Ctrl";
    return (isMac && MAC[part]) || NAMES[part] || part.replace(/^(Key|Digit)/, "");
  });
  return parts.join(isMac ? "" : "+");
}

/** @param {string} pressed @param {string} wanted */
function sameCode(pressed, wanted) {
  return pressed === wanted || (wanted === "Enter" && pressed === "NumpadEnter") || (wanted === "Equal" && pressed === "NumpadAdd");
}
