// Giving a conversation to somebody else: a person, a department, another line.

import { t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { inBackground } from "../../state/background.js";
import { branchesOf, loadDepartments } from "../../state/company.js";
import { chats, myId } from "../../state/directory.js";
import { act, loadLines, myLines, otherLines } from "../../state/lines.js";
import { html, useEffect, useState } from "../../ui.js";
import { Tabs } from "../panel/tabs.js";
import { Dialog } from "../parts/dialog.js";
import { PeoplePicker } from "../parts/people_picker.js";
import { Spinner } from "../parts/spinner.js";
import { attempt, toast } from "../parts/toast.js";

/** @typedef {{ id: number, text: string, about?: string, depth?: number }} Choice */

/** @param {{ chatId: number, close: () => void }} props */
export function Transfer({ chatId, close }) {
  const [tab, setTab] = useState("personId");
  const [chosenId, setChosen] = useState(0);
  const [isBusy, setBusy] = useState(false);
  const line = chats.get(chatId)?.line;
  const tabs = ["personId", "departmentId", "lineId"].map((id) => ({ id, text: t(`line.to.${id}`) }));
  /** @param {string} next */
  function change(next) {
    setTab(next);
    setChosen(0);
  }
  async function give() {
    setBusy(true);
    const isDone = await attempt(async () => {
      await act(chatId, "transfer", { [tab]: chosenId });
      return true;
    });
    setBusy(false);
    if (!isDone) return;
    close();
    toast(t("line.transferred"));
  }
  return html`<${Dialog} title=${t("line.transfer.title")} close=${close} class="line-transfer" actions=${html`
    <button type="button" class="button" onClick=${close}>${t("cancel")}</button>
    <button type="button" class="button primary" disabled=${!chosenId || isBusy} onClick=${give}>${t("line.transfer")}</button>`}>
    <${Tabs} label=${t("line.to")} tabs=${tabs} chosen=${tab} choose=${change}>
      ${tab === "personId" && html`<${PeoplePicker} chosen=${chosenId ? [chosenId] : []} hasBots=${false} isFirst exclude=${[myId.value, line?.operatorId ?? 0]}
        onChange=${(/** @type {number[]} */ ids) => setChosen(ids.at(-1) ?? 0)} />`}
      ${tab === "departmentId" && html`<${Departments} chosenId=${chosenId} choose=${setChosen} />`}
      ${tab === "lineId" && html`<${Lines} ownId=${line?.lineId ?? 0} chosenId=${chosenId} choose=${setChosen} />`}
    <//>
  <//>`;
}

/** @param {{ chosenId: number, choose: (id: number) => void }} props */
function Departments({ chosenId, choose }) {
  const [choices, setChoices] = useState(/** @type {Choice[] | null} */ (null));
  useEffect(() => inBackground(loadDepartments().then((found) => setChoices(branchesOf(found).map(({ department, depth, count }) => (
    { id: department.id, text: calmName(department.name), about: t("line.people", { count }), depth }))))), []);
  if (!choices) return html`<${Spinner} label=${t("loading")} />`;
  return html`<${List} choices=${choices} chosenId=${chosenId} choose=${choose} none=${t("line.no_departments")} />`;
}

/** @param {{ ownId: number, chosenId: number, choose: (id: number) => void }} props */
function Lines({ ownId, chosenId, choose }) {
  useEffect(() => inBackground(loadLines()), []);
  const choices = [...myLines.value.filter((one) => one.isActive), ...otherLines.value].filter((one) => one.id !== ownId)
    .map((one) => ({ id: one.id, text: calmName(one.name) })).sort((one, other) => one.text.localeCompare(other.text));
  return html`<${List} choices=${choices} chosenId=${chosenId} choose=${choose} none=${t("line.no_other_lines")} />`;
}

/** @param {{ choices: Choice[], chosenId: number, choose: (id: number) => void, none: string }} props */
function List({ choices, chosenId, choose, none }) {
  if (choices.length === 0) return html`<p class="soft line-none">${none}</p>`;
  return html`<ul class="line-choices">${choices.map((one) => html`<li key=${one.id}>
    <label class="line-choice" style=${{ "--depth": one.depth ?? 0 }}><input type="radio" name="target" checked=${one.id === chosenId} onChange=${() => choose(one.id)} />
      <span class="line-choice-words"><span dir="auto">${one.text}</span>${one.about && html`<small>${one.about}</small>`}</span></label></li>`)}</ul>`;
}
