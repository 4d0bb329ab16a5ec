// Who serves a line, in which order, and how conversations are handed out.

import { Choice, Field, Switch } from "../account/fields.js";
import { Empty } from "../dev/parts.js";
import { t } from "../i18n.js";
import { Icon } from "../icon.js";
import { moved } from "../lib/line_settings.js";
import { html, useState } from "../ui.js";
import { Duration, Form, settingsOf, useDraft } from "./line-parts.js";
import { PickPlace } from "./line-places.js";
import { Face, textOf } from "./lists.js";

/** @typedef {import("../shapes.js").QueuePlace} Place */

/** @param {import("./line-parts.js").SectionProps} props */
export function Queue({ card, save }) {
  const { distribution, offerS, checksAvailable, maxSessions } = settingsOf(card);
  const people = useDraft({ queue: card.queue });
  const rules = useDraft({ distribution, offerS, checksAvailable, maxSessions });
  const saveQueue = () => save({ queue: people.draft.queue.map(({ personId, departmentId }) => ({ personId, departmentId })) });
  const { draft, put } = rules;
  return html`<${Form} title=${t("lines.operators")} hint=${t("lines.operators_hint")} isChanged=${people.isChanged} onSave=${saveQueue}>
      <${Places} queue=${people.draft.queue} onQueue=${(/** @type {Place[]} */ queue) => people.put({ queue })} /><//>
    <${Form} title=${t("lines.rules")} isChanged=${rules.isChanged} onSave=${() => save({ settings: { ...settingsOf(card), ...draft } })}>
      <${Choice} label=${t("lines.distribution")} options=${["all", "evenly", "strictly"].map((one) => [one, t(`lines.distribution.${one}`)])}
        value=${draft.distribution} hint=${t(`lines.distribution.${draft.distribution}_hint`)}
        onChoose=${(/** @type {"all" | "evenly" | "strictly"} */ one) => put({ distribution: one })} />
      ${draft.distribution !== "all" && html`<${Duration} label=${t("lines.offer_s")} hint=${t("lines.offer_s_hint")} seconds=${draft.offerS}
        onSeconds=${(/** @type {number} */ seconds) => put({ offerS: seconds })} />`}
      <${Field} label=${t("lines.max_sessions")} type="number" min="0" max="1000" step="1" required value=${draft.maxSessions} hint=${t("lines.max_sessions_hint")}
        onInput=${(/** @type {Event} */ event) => put({ maxSessions: Math.min(1000, Math.max(0, Math.round(Number(textOf(event)) || 0))) })} />
      <div><${Switch} label=${t("lines.checks_available")} value=${draft.checksAvailable}
          onChange=${(/** @type {boolean} */ isOn) => put({ checksAvailable: isOn })} />
        <p class="hint">${t("lines.checks_available_hint")}</p></div>
    <//>`;
}

/** @param {{ queue: Place[], onQueue: (queue: Place[]) => void }} props */
function Places({ queue, onQueue }) {
  const [picking, setPicking] = useState(/** @type {"" | "person" | "department"} */ (""));
  const [dragged, setDragged] = useState(-1);
  const [said, setSaid] = useState("");
  /** @param {number} from @param {number} to */
  function move(from, to) {
    onQueue(moved(queue, from, to));
    setSaid(t("lines.moved", { name: queue[from].name, place: to + 1 }));
  }
  return html`${queue.length === 0 && html`<${Empty} title=${t("lines.nobody_serves")} hint=${t("lines.nobody_serves_hint")} />`}
    <ol class="plain-list places">${queue.map((one, at) => html`<li key=${`${one.personId} ${one.departmentId}`}
      class=${["place", at === dragged && "is-dragged", one.people === 0 && "is-off"].filter(Boolean).join(" ")} draggable="true"
      onDragStart=${(/** @type {DragEvent} */ event) => { event.dataTransfer?.setData("text/plain", one.name); setDragged(at); }}
      onDragEnd=${() => setDragged(-1)}
      onDragOver=${(/** @type {DragEvent} */ event) => { if (dragged >= 0) event.preventDefault(); }}
      onDragEnter=${() => { if (dragged >= 0 && dragged !== at) { move(dragged, at); setDragged(at); } }}
      onDrop=${(/** @type {DragEvent} */ event) => { event.preventDefault(); setDragged(-1); }}>
      <span class="handle"><${Icon} name="menu" /></span>
      <${Serving} one=${one} />
      <${Movers} one=${one} at=${at} count=${queue.length} onMove=${move} onOut=${() => onQueue(queue.filter((_, other) => other !== at))} />
    </li>`)}</ol>
    <p class="hidden-visually" role="status">${said}</p>
    <div class="actions"><button type="button" class="button" onClick=${() => setPicking("person")}><${Icon} name="user-plus" />${t("lines.add_person")}</button>
      <button type="button" class="button" onClick=${() => setPicking("department")}><${Icon} name="users" />${t("lines.add_department")}</button></div>
    ${picking && html`<${PickPlace} kind=${picking} queue=${queue} onPick=${(/** @type {Place} */ one) => onQueue([...queue, one])} onClose=${() => setPicking("")} />`}`;
}

/** @param {{ one: Place }} props */
function Serving({ one }) {
  const note = one.departmentId ? t("lines.department_people", { count: one.people }) : one.people ? one.note : t("lines.cannot_serve");
  return html`<span class="row-name">${one.departmentId ? html`<span class="face" aria-hidden="true"><${Icon} name="users" /></span>`
    : html`<${Face} src=${one.avatar} name=${one.name} />`}<span class="who"><strong>${one.name}</strong><small>${note}</small></span></span>`;
}

/**
 * @param {{ one: Place, at: number, count: number, onMove: (from: number, to: number) => void, onOut: () => void }} props
 */
function Movers({ one, at, count, onMove, onOut }) {
  /** @type {[string, string, boolean, () => void][]} */
  const buttons = [
    ["arrow-up", t("lines.move_up", { name: one.name }), at === 0, () => onMove(at, at - 1)],
    ["arrow-down", t("lines.move_down", { name: one.name }), at === count - 1, () => onMove(at, at + 1)],
    ["x", t("lines.take_out", { name: one.name }), false, onOut],
  ];
  return html`<span class="place-buttons">${buttons.map(([icon, words, isOff, act]) => html`<button key=${icon} type="button" class="button quiet small"
    aria-label=${words} title=${words} aria-disabled=${isOff} onClick=${isOff ? undefined : act}><${Icon} name=${icon} /></button>`)}</span>`;
}
