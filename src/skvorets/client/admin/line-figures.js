// How a line is doing: what came, how long customers waited, who answered, how they rated it; day by day.

import { call } from "../api.js";
import { attempt, Empty } from "../dev/parts.js";
import { formatDate, t } from "../i18n.js";
import { shortDuration } from "../lib/line_settings.js";
import { html, useEffect, useState } from "../ui.js";
import { Filters } from "./lists.js";
import { TileList } from "./stored.js";

/** @typedef {import("../shapes.js").LineFigures} Found */
/** @typedef {import("../shapes.js").LineNumbers} Numbers */

const PERIODS = ["7", "30", "90"];

/** @param {import("./line-parts.js").SectionProps} props */
export function Figures({ card }) {
  const [days, setDays] = useState("30");
  const [found, setFound] = useState(/** @type {Found | null} */ (null));
  useEffect(() => {
    let isWanted = true;
    const query = { days: Number(days), utcOffset: -new Date().getTimezoneOffset() };
    attempt(() => call("GET", `/api/admin/lines/${card.line.id}/figures`, query)).then((answer) => isWanted && answer && setFound(answer));
    return () => {
      isWanted = false;
    };
  }, [days, card.line.id]);
  return html`<${Filters} name=${t("lines.period")} options=${PERIODS.map((one) => [one, t("lines.days_count", { count: Number(one) })])} value=${days} onChoose=${setDays} />
    ${found === null && html`<p class="loading" role="status">${t("loading")}</p>`}
    ${found && found.together.sessions === 0 && html`<${Empty} title=${t("lines.no_figures")} hint=${t("lines.no_figures_hint")} />`}
    ${found && found.together.sessions > 0 && html`<${Together} numbers=${found.together} /><${Table} found=${found} />
      <p class="hint">${t("lines.figures_hint")}</p>`}`;
}

/** @param {{ numbers: Numbers }} props */
function Together({ numbers }) {
  const share = (/** @type {number} */ part) => t("lines.share", { count: Math.round((part / numbers.sessions) * 100) });
  /** @type {[string, string, string][]} */
  const tiles = [
    ["lines.sessions", number(numbers.sessions), t("lines.waited_count", { count: numbers.waited })],
    ["lines.median", waited(numbers, numbers.medianWaitS), t("lines.median_hint")],
    ["lines.longest", waited(numbers, numbers.longestWaitS), ""],
    ["lines.by_bot", number(numbers.byBot), share(numbers.byBot)],
    ["lines.lost", number(numbers.lost), share(numbers.lost)],
    ["lines.rating", rating(numbers), t("lines.ratings_count", { count: numbers.ratings })],
  ];
  return html`<${TileList} tiles=${tiles} />`;
}

/** @param {{ found: Found }} props */
function Table({ found }) {
  const most = Math.max(...found.days.map((one) => one.numbers.sessions));
  const heads = ["sessions", "median", "longest", "by_bot", "lost", "rating"];
  return html`<div class="table-card"><table class="table figures-table"><caption class="hidden-visually">${t("lines.figures")}</caption>
    <thead><tr><th scope="col">${t("lines.day")}</th>${heads.map((one) => html`<th key=${one} scope="col" class=${one === "sessions" ? "" : "figure"}>${t(`lines.${one}`)}</th>`)}</tr></thead>
    <tbody>${[...found.days].reverse().map(({ date, numbers }) => html`<tr key=${date} class=${numbers.sessions ? "" : "is-quiet"}>
      <th scope="row"><time datetime=${date}>${formatDate(Date.parse(`${date}T00:00:00Z`), { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" })}</time></th>
      <td data-label=${t("lines.sessions")}><span class="bar-line"><span class="bar" style=${{ width: `${(numbers.sessions / most) * 100}%` }}></span>
        <span>${number(numbers.sessions)}</span></span></td>
      <td class="figure" data-label=${t("lines.median")}>${waited(numbers, numbers.medianWaitS)}</td>
      <td class="figure" data-label=${t("lines.longest")}>${waited(numbers, numbers.longestWaitS)}</td>
      <td class="figure" data-label=${t("lines.by_bot")}>${number(numbers.byBot)}</td>
      <td class="figure" data-label=${t("lines.lost")}>${number(numbers.lost)}</td>
      <td class="figure" data-label=${t("lines.rating")}>${rating(numbers)}</td></tr>`)}</tbody></table></div>`;
}

/** @param {Numbers} numbers @param {number} seconds */
function waited(numbers, seconds) {
  return numbers.waited ? shortDuration(seconds) : t("none");
}

/** @param {Numbers} numbers */
function rating({ ratingAverage }) {
  return ratingAverage === null ? t("none") : t("lines.rating_of", { value: Math.round(ratingAverage * 10) / 10 });
}

/** @param {number} value */
function number(value) {
  return t("number", { value });
}
