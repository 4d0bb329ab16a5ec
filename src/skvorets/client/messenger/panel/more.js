// The end of a list that comes page by page: the next page is loaded when one comes near.

import { t } from "../../i18n.js";
import { html, useEffect, useRef } from "../../ui.js";
import { Empty } from "../parts/empty.js";
import { Spinner } from "../parts/spinner.js";

/** How near, px. */
const NEAR = "400px";

/**
 * @param {{ pages: import("../../state/pages.js").Pages<any>, empty: { icon: string, title: string, hint?: string } }} props
 */
export function More({ pages, empty }) {
  const end = useRef(/** @type {HTMLElement | null} */ (null));
  const isThere = pages.isReady.value;
  const count = pages.items.value.length;
  const isDue = isThere && pages.hasMore.value && !pages.isFailed.value;
  useEffect(() => {
    if (!isDue || !end.current) return undefined;
    const observer = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && void pages.more(), { rootMargin: NEAR });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [isDue, count, pages]);
  if (pages.isFailed.value) {
    const again = () => void (isThere ? pages.more() : pages.restart());
    return html`<div class="panel-end"><p>${t("panel.failed")}</p>
      <button type="button" class="button small" onClick=${again}>${t("again")}</button></div>`;
  }
  if (isThere && count === 0 && !pages.hasMore.value) return html`<${Empty} ...${empty} />`;
  if (!isThere || pages.hasMore.value) return html`<div class="panel-end" ref=${end}><${Spinner} label=${t("loading")} /></div>`;
  return null;
}
