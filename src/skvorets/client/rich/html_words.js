// The words of a piece of HTML that a bot gave for a link. It is parsed into a document that is never shown: nothing in it
// runs and nothing is loaded.

/** What begins a line of its own. */
const BLOCKS = "br, p, div, li, tr, h1, h2, h3, h4, h5, h6";

/** @param {string} source */
export function htmlWords(source) {
  if (!source) return "";
  const page = new DOMParser().parseFromString(source, "text/html");
  for (const one of page.querySelectorAll("script, style, template, noscript")) one.remove();
  for (const one of page.querySelectorAll(BLOCKS)) one.before("\n");
  return (page.body.textContent ?? "").replace(/[ \t]+/g, " ").replace(/\n\s*\n+/g, "\n").trim();
}
