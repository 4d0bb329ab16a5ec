// Forms as PHP writes them, and the trees that they mean: [["a[b]", "1"]] ⇄ {a: {b: "1"}}.

/** @typedef {[name: string, value: string]} Pair */
/** @typedef {any} Tree text, a list or a map of trees */

/**
 * The tree of a form. A map with the keys 0, 1, 2 … becomes a list.
 * @param {Pair[]} pairs
 * @returns {{ [name: string]: Tree }}
 */
export function toTree(pairs) {
  const tree = bare();
  for (const [name, value] of pairs) put(tree, pathOf(name), value);
  return /** @type {{ [name: string]: Tree }} */ (settle(tree, true));
}

/**
 * The form of a tree; `null` and empty lists have no place in a form and are left out. Throws RangeError when it is
 * nested too deep.
 * @param {{ [name: string]: unknown }} tree
 * @returns {Pair[]}
 */
export function toPairs(tree) {
  /** @type {Pair[]} */
  const pairs = [];
  for (const [name, value] of Object.entries(tree)) write(pairs, name, value, 64);
  return pairs;
}

/**
 * @param {Pair[]} pairs
 * @param {string} name
 * @param {unknown} value
 * @param {number} depthLeft
 */
function write(pairs, name, value, depthLeft) {
  if (value === null || value === undefined) return;
  if (typeof value !== "object") {
    pairs.push([name, typeof value === "boolean" ? String(Number(value)) : String(value)]);
    return;
  }
  if (depthLeft === 0) throw new RangeError("nested too deep");
  for (const [key, below] of Object.entries(value)) write(pairs, `${name}[${key}]`, below, depthLeft - 1);
}

/** @param {string} name */
function pathOf(name) {
  const head = name.match(/^[^[]+/)?.[0];
  if (head === undefined || !/^(\[[^[\]]*\])*$/.test(name.slice(head.length))) return [name];
  return [head, ...Array.from(name.slice(head.length).matchAll(/\[([^[\]]*)\]/g), (found) => found[1])];
}

/**
 * @param {Record<string, any>} tree
 * @param {string[]} path
 * @param {string} value
 */
function put(tree, path, value) {
  let level = tree;
  for (const key of path.slice(0, -1)) {
    if (typeof level[key] !== "object") level[key] = bare();
    level = level[key];
  }
  const last = path[path.length - 1];
  level[last === "" ? String(Object.keys(level).length) : last] = value;
}

/**
 * @param {any} level
 * @param {boolean} [isTop]
 * @returns {Tree}
 */
function settle(level, isTop = false) {
  if (typeof level !== "object") return level;
  const keys = Object.keys(level);
  if (!isTop && keys.every((key, place) => key === String(place))) return keys.map((key) => settle(level[key]));
  for (const key of keys) level[key] = settle(level[key]);
  return level;
}

/** A map without a prototype: a name of the form may be anything, `__proto__`, too. */
function bare() {
  return /** @type {Record<string, any>} */ (Object.create(null));
}
