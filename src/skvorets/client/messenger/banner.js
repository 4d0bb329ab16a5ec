// The connection is gone: said only when it stays away for a moment, with what waits for it.

import { Icon } from "../icon.js";
import { t } from "../i18n.js";
import { waiting } from "../state/outbox.js";
import { connection } from "../state/sync.js";
import { html, useEffect, useState } from "../ui.js";

/** Milliseconds that nobody needs to know of. */
const PATIENCE = 2_000;

/** @param {{ spoken: string }} _props */
export function Banner(_props) {
  const isAway = connection.value !== "live";
  const [isTold, setTold] = useState(false);
  useEffect(() => {
    if (!isAway) return setTold(false);
    const timer = setTimeout(() => setTold(true), PATIENCE);
    return () => clearTimeout(timer);
  }, [isAway]);
  const words = waiting.value ? t("banner.waiting", { count: waiting.value }) : t("banner.offline");
  return html`<div class="banner-place" role="status">
    ${isAway && isTold && html`<p class="banner"><${Icon} name="wifi-off" />${words}</p>`}
  </div>`;
}
