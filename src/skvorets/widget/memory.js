// What is kept in this browser, for each line apart; where storage is forbidden, until the page is left.

/**
 * @param {string} code of the line
 * @returns {import("./state/types.js").Memory}
 */
export function memoryOf(code) {
  /** @type {Map<string, string>} */
  const own = new Map();
  const full = (/** @type {string} */ name) => `skvorets.${code}.${name}`;
  return {
    get: (name) => {
      try {
        return JSON.parse(localStorage.getItem(full(name)) ?? own.get(name) ?? "null");
      } catch {
        return JSON.parse(own.get(name) ?? "null");
      }
    },
    set: (name, value) => {
      const text = JSON.stringify(value ?? null);
      own.set(name, text);
      try {
        if (value === null || value === undefined) localStorage.removeItem(full(name));
        else localStorage.setItem(full(name), text);
      } catch {
        // forbidden or full: it is known until the page is left
      }
    },
  };
}
