// How a delivery is doing, in a word and a colour.

import { formatDate, t } from "../i18n.js";
import { html } from "../ui.js";
import { Badge } from "./parts.js";

/** @param {{ line: import("../state/deliveries.js").Line }} props */
export function Status({ line }) {
  const isRetry = line.state === "waiting" && line.attempts > 0;
  const kind = { delivered: "good", dead: "bad", sending: "soon", waiting: isRetry ? "soon" : "plain" }[line.state];
  const result = line.state === "delivered" ? line.httpStatus || "" : cause(line.failure);
  return html`<${Badge} kind=${kind ?? "plain"}>${t(isRetry ? "state.retry" : `state.${line.state}`)}<//>
    ${result && html` <span class="cause">${result}</span>`}`;
}

/**
 * Why an attempt failed, in words.
 * @param {string} failure
 */
export function cause(failure) {
  if (failure.startsWith("http_")) return failure.slice("http_".length);
  const words = t(`failure.${failure}`);
  return words === `failure.${failure}` ? failure : words;
}

/** @param {number} at */
export function shortTime(at) {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  return formatDate(at, isToday ? { timeStyle: "medium" } : { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
}

/** @param {{ at: number, isShort?: boolean }} props */
export function Time({ at, isShort }) {
  return html`<time datetime=${new Date(at).toISOString()} title=${formatDate(at)}>${isShort ? shortTime(at) : formatDate(at)}</time>`;
}
