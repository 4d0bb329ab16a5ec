// The words of a piece of HTML that a bot gave for a link. It is never parsed as a page: tags are taken out of it as text.

const TAG = /<(?<end>\/?)(?<name>[a-z][a-z0-9]*)?[^<>]*>/giu;
/** What begins a line of its own. */
const BLOCKS = new Set(["br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table"]);
/** What holds no words for people. */
const MUTE = new Set(["script", "style", "template", "noscript"]);
const ENTITY = /&(?:#(?<number>[0-9]{1,7})|#x(?<hex>[0-9a-f]{1,6})|(?<name>amp|lt|gt|quot|apos|nbsp|laquo|raquo|mdash|ndash));/giu;
/** @type {Record<string, string>} */
const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0", laquo: "«", raquo: "»", mdash: "—", ndash: "–" };
const LAST_CODE = 0x10ffff;

/** @param {string} source */
export function htmlWords(source) {
  const words = [];
  let position = 0;
  let mute = "";
  for (const tag of source.matchAll(TAG)) {
    const { name = "", end } = /** @type {{ name?: string, end: string }} */ (tag.groups);
    const kind = name.toLowerCase();
    if (!mute) words.push(source.slice(position, tag.index), BLOCKS.has(kind) ? "\n" : "");
    if (mute && end && kind === mute) mute = "";
    else if (!mute && !end && MUTE.has(kind)) mute = kind;
    position = tag.index + tag[0].length;
  }
  if (!mute) words.push(source.slice(position));
  return words.map(decoded).join("").replace(/[ \t]+/g, " ").replace(/ ?\n[ \n]*/g, "\n").trim();
}

/** @param {string} text */
function decoded(text) {
  return text.replace(ENTITY, (whole, ...rest) => {
    const { number, hex, name } = rest[rest.length - 1];
    if (name) return NAMED[name.toLowerCase()];
    const code = number ? Number(number) : parseInt(hex, 16);
    return code > 0 && code <= LAST_CODE ? String.fromCodePoint(code) : whole;
  });
}
