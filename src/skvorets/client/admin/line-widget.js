// How the chat looks on a site, on which sites it may be, and the tag that puts it there.

import { Choice, Field, Switch } from "../account/fields.js";
import { Code } from "../dev/parts.js";
import { t } from "../i18n.js";
import { sitesOf } from "../lib/line_settings.js";
import { html, useState } from "../ui.js";
import { Form, LongText, settingsOf, useDraft } from "./line-parts.js";
import { Preview } from "./line-preview.js";
import { textOf } from "./lists.js";

const COLORS = ["#1f6feb", "#17703a", "#8a3ffc", "#b3261e", "#b85c00", "#0e7490", "#334155"];
const SIDES = ["right", "left"];
const LANGUAGES = ["", "ru", "en"];

/** @param {import("./line-parts.js").SectionProps} props */
export function Widget({ card, save }) {
  const { draft, put, isChanged } = useDraft(settingsOf(card).widget);
  return html`<section class="card panel"><div><h2>${t("lines.tag")}</h2><p class="hint">${t("lines.tag_hint")}</p></div>
      <${Code} text=${card.scriptTag} label=${t("lines.tag")} /></section>
    <${Form} title=${t("lines.looks")} isChanged=${isChanged} onSave=${() => save({ settings: { ...settingsOf(card), widget: draft } })}>
      <div class="looks"><div class="looks-fields">
        <${Color} value=${draft.color} onColor=${(/** @type {string} */ color) => put({ color })} />
        <${Choice} label=${t("lines.side")} options=${SIDES.map((one) => [one, t(`lines.side.${one}`)])} value=${draft.side}
          onChoose=${(/** @type {"right" | "left"} */ side) => put({ side })} />
        <${Field} label=${t("lines.window_title")} maxlength="80" value=${draft.title} placeholder=${card.line.name} autocomplete="off"
          onInput=${(/** @type {Event} */ event) => put({ title: textOf(event) })} />
        <${Choice} label=${t("lines.language")} options=${LANGUAGES.map((one) => [one, t(`lines.language.${one || "auto"}`)])} value=${draft.language}
          onChoose=${(/** @type {"" | "ru" | "en"} */ language) => put({ language })} />
        </div><${Preview} looks=${draft} card=${card} /></div>
      <div class="switches"><${Switch} label=${t("lines.asks_name")} value=${draft.asksName} onChange=${(/** @type {boolean} */ isOn) => put({ asksName: isOn })} />
        <${Switch} label=${t("lines.asks_email")} value=${draft.asksEmail} onChange=${(/** @type {boolean} */ isOn) => put({ asksEmail: isOn })} /></div>
      <${Sites} sites=${draft.sites} onSites=${(/** @type {string[]} */ sites) => put({ sites })} />
    <//>`;
}

/** @param {{ value: string, onColor: (color: string) => void }} props */
function Color({ value, onColor }) {
  return html`<fieldset class="choice"><legend>${t("lines.color")}</legend><div class="swatches">
    ${COLORS.map((one) => html`<button key=${one} type="button" class="swatch" style=${{ backgroundColor: one }} aria-pressed=${one === value}
      aria-label=${t("lines.color_named", { color: one })} title=${one} onClick=${() => onColor(one)}></button>`)}
    <label class="own-color"><span class="hidden-visually">${t("lines.color_own")}</span>
      <input type="color" value=${value} title=${t("lines.color_own")} onInput=${(/** @type {Event} */ event) => onColor(textOf(event).toLowerCase())} />
      <span aria-hidden="true">${value}</span></label></div></fieldset>`;
}

/** @param {{ sites: string[], onSites: (sites: string[]) => void }} props */
function Sites({ sites, onSites }) {
  const [text, setText] = useState(sites.join("\n"));
  const { wrong } = sitesOf(text);
  /** @param {string} written */
  function write(written) {
    setText(written);
    onSites(sitesOf(written).sites.slice(0, 50));
  }
  return html`<div><${LongText} label=${t("lines.sites")} hint=${t(sites.length ? "lines.sites_hint" : "lines.sites_everywhere")} rows=${3} most=${8000} value=${text} onText=${write} />
    <div role="status">${wrong.length > 0 && html`<p class="error">${t("lines.sites_wrong", { sites: wrong.slice(0, 3).join(", ") })}</p>`}</div></div>`;
}
