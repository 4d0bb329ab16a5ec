// One open line: its state above, its settings in sections that each have an address of their own.

import { call } from "../api.js";
import { attempt, Heading } from "../dev/parts.js";
import { t } from "../i18n.js";
import { Icon } from "../icon.js";
import { tell } from "../state/developer.js";
import { html, useEffect, useState } from "../ui.js";
import { Answers } from "./line-answers.js";
import { Bot } from "./line-bot.js";
import { End } from "./line-end.js";
import { Figures } from "./line-figures.js";
import { General } from "./line-general.js";
import { Hours } from "./line-hours.js";
import { Network } from "./line-network.js";
import { Queue } from "./line-queue.js";
import { Texts } from "./line-texts.js";
import { Widget } from "./line-widget.js";
import { States } from "./line_states.js";
import { Face } from "./lists.js";
import { Link, pathTo } from "./router.js";

/** @typedef {import("../shapes.js").LineCard} Card */

/** @type {Record<string, (props: import("./line-parts.js").SectionProps) => unknown>} */
const SECTIONS = {
  general: General,
  queue: Queue,
  bot: Bot,
  hours: Hours,
  texts: Texts,
  end: End,
  widget: Widget,
  network: Network,
  answers: Answers,
  figures: Figures,
};

/** @param {{ id: number, section: string }} props */
export function Line({ id, section }) {
  const [card, setCard] = useState(/** @type {Card | null} */ (null));
  useEffect(() => {
    attempt(() => call("GET", `/api/admin/lines/${id}`)).then((found) => found && setCard(found));
  }, [id]);
  /** @param {import("./line-parts.js").Patch} patch */
  async function save(patch) {
    const changed = await attempt(() => call("PATCH", `/api/admin/lines/${id}`, patch));
    if (!changed) return false;
    setCard(changed);
    tell(t("saved"));
    return true;
  }
  const back = html`<${Link} to=${pathTo("lines")} class="back-link"><${Icon} name="arrow-left" />${t("lines.back")}<//>`;
  if (!card) return html`<section class="section narrow">${back}<p class="loading" role="status">${t("loading")}</p></section>`;
  const name = section in SECTIONS ? section : "general";
  return html`<section class="section narrow">${back}
    <header class="person-head"><${Face} src=${card.line.avatar} name=${card.line.name} />
      <div class="who"><${Heading} name=${id}>${card.line.name}<//>
        <p class="hint">${[t("lines.open_count", { count: card.line.open }), t("lines.waiting_count", { count: card.line.waiting })].join(" · ")}</p></div>
      <span class="badges"><${States} one=${card.line} /></span></header>
    <${Sections} id=${id} chosen=${name} />
    <${SECTIONS[name]} key=${name} card=${card} save=${save} onCard=${setCard} />
  </section>`;
}

/** @param {{ id: number, chosen: string }} props */
function Sections({ id, chosen }) {
  useEffect(() => {
    document.querySelector(".line-nav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [chosen]);
  return html`<nav class="filter-tabs line-nav" aria-label=${t("lines.sections")}>${Object.keys(SECTIONS).map((name) => html`
    <${Link} key=${name} to=${pathTo("lines", id, name)} class="filter-tab" current=${name === chosen && "page"}>${t(`lines.${name}`)}<//>`)}</nav>`;
}
