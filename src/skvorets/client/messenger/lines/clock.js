// A clock that goes by seconds, as long as somebody looks at it.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { clockWords } from "../../lib/durations.js";
import { html, signal, useEffect } from "../../ui.js";

const now = signal(Date.now());
let users = 0;
/** @type {ReturnType<typeof setInterval> | undefined} */
let timer;

/**
 * For how long somebody waits by now; not read out with every second.
 * @param {{ since: number, hasIcon?: boolean }} props `since` unix milliseconds
 */
export function Waiting({ since, hasIcon }) {
  useEffect(() => {
    users += 1;
    now.value = Date.now();
    timer ??= setInterval(() => { now.value = Date.now(); }, 1000);
    return () => {
      users -= 1;
      if (users > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  }, []);
  const words = clockWords(now.value - since);
  return html`<span class="line-clock" role="timer" aria-live="off" aria-label=${t("line.waits_for", { time: words })}>
    ${hasIcon && html`<${Icon} name="clock" />`}${words}</span>`;
}
