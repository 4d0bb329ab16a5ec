// GRID of an attachment: one under another, in a line, in two columns, dense. Source: seed, "Блок для построения строк и
// колонок"; bitrix24-imbot §8.

import { calmName } from "../lib/calm.js";
import { textColor } from "../lib/contrast.js";
import { gridsOf } from "../lib/attach.js";
import { html, useMemo } from "../ui.js";
import { Leading } from "./target.js";
import { RichText } from "./text.js";

/** @typedef {import("./types.js").Context} Context */
/** @typedef {import("../lib/attach.js").Cell} Cell */
/** @typedef {import("../lib/attach.js").Grid} Grid */

/** @param {{ content: unknown, context: Context }} props */
export function Grids({ content, context }) {
  const grids = useMemo(() => gridsOf(content), [content]);
  return grids.map((grid, at) => html`<div key=${at} class=${`grid is-${grid.display}`} style=${columnsOf(grid)}>
    ${grid.cells.map((cell, number) => html`<${CellView} key=${number} cell=${cell} grid=${grid} context=${context} />`)}
  </div>`);
}

/** @param {{ cell: Cell, grid: Grid, context: Context }} props */
function CellView({ cell, grid, context }) {
  const isTwoColumns = grid.display === "row" || grid.display === "table";
  const isWhole = isTwoColumns && !(cell.name && cell.value);
  const style = {
    width: cell.width && !isTwoColumns ? `${cell.width}px` : undefined,
    minHeight: cell.height ? `${cell.height}px` : undefined,
  };
  return html`<div class=${isWhole ? "grid-cell is-whole" : "grid-cell"} style=${style}>
    ${cell.name && html`<div class="grid-name" dir="auto">${calmName(cell.name)}</div>`}
    ${cell.value && html`<div class="grid-value" style=${{ color: textColor(cell.color) }}>
      <${Value} cell=${cell} context=${context} /></div>`}
  </div>`;
}

/** @param {{ cell: Cell, context: Context }} props */
function Value({ cell, context }) {
  const words = html`<${RichText} text=${cell.value} context=${context} isPlain=${Boolean(cell.target)} />`;
  if (!cell.target) return words;
  return html`<${Leading} to=${cell.target} context=${context} name=${calmName(cell.value)}>${words}<//>`;
}

/** WIDTH in two columns is the width of the first one, the widest that is wished. @param {Grid} grid */
function columnsOf(grid) {
  const width = Math.max(0, ...grid.cells.map((cell) => cell.width ?? 0));
  if (width === 0 || grid.display === "block" || grid.display === "line") return undefined;
  return { gridTemplateColumns: `minmax(0, min(${width}px, 20rem, 33vw)) minmax(0, 1fr)` };
}
