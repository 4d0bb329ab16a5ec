// Arrow keys among buttons that stand in rows.

/** Where the arrows lead: rows down, buttons on. */
const STEPS = /** @type {Record<string, [rows: number, buttons: number]>} */ ({
  ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0],
});

/** @param {KeyboardEvent} event */
export function moveFocus(event) {
  const step = STEPS[event.key];
  const from = /** @type {HTMLElement} */ (event.target);
  if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
  const board = /** @type {HTMLElement} */ (event.currentTarget);
  const rows = [...board.children].map((row) => [...row.querySelectorAll("button:enabled, a")])
    .filter((row) => row.length > 0);
  const at = rows.findIndex((row) => row.includes(from));
  if (at < 0) return;
  const flat = rows.flat();
  const row = rows[at + step[0]];
  const next = step[1] ? flat[flat.indexOf(from) + step[1]] : row?.[Math.min(rows[at].indexOf(from), row.length - 1)];
  if (!(next instanceof HTMLElement)) return;
  event.preventDefault();
  event.stopPropagation();
  next.focus();
}
