// Light, dark, or as the system says; the choice stays in this browser.

/** @typedef {"auto" | "light" | "dark"} Theme */

/** @type {Theme[]} */
const THEMES = ["auto", "light", "dark"];

/** @returns {Theme} */
export function chosenTheme() {
  const kept = localStorage.getItem("theme");
  return THEMES.find((one) => one === kept) ?? "auto";
}

/**
 * Take a theme, or the one after the present one; gives it.
 * @param {Theme} [wanted]
 */
export function nextTheme(wanted = THEMES[(THEMES.indexOf(chosenTheme()) + 1) % THEMES.length]) {
  localStorage.setItem("theme", wanted);
  if (wanted === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = wanted;
  return wanted;
}
