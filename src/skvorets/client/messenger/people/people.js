// The people of the company by departments, and by name.

import { Icon } from "../../icon.js";
import { ApiError, call } from "../../api.js";
import { t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { inBackground } from "../../state/background.js";
import { branchesOf, groupsOf, learn, loadDepartments } from "../../state/company.js";
import { people, take } from "../../state/directory.js";
import { html, useEffect, useMemo, useState } from "../../ui.js";
import { Avatar, presenceWords } from "../parts/avatar.js";
import { Dialog } from "../parts/dialog.js";
import { Empty } from "../parts/empty.js";
import { Marked } from "../parts/marked.js";
import { Spinner } from "../parts/spinner.js";
import { attempt } from "../parts/toast.js";
import { openDialogWith, openPerson } from "../router.js";

/** @typedef {import("../../state/company.js").Branch} Branch */
/** Milliseconds without a stroke after which the server is asked. */
const PAUSE = 150;
/** People who are shown at once. */
const MOST = 300;

/** @param {{ close: () => void }} props */
export function CompanyPeople({ close }) {
  const [branches, setBranches] = useState(/** @type {Branch[] | null} */ (null));
  const [chosenId, setChosen] = useState(0);
  const [text, setText] = useState("");
  useEffect(() => {
    // People from outside learn nothing of departments: they find whom they share a chat with.
    loadDepartments().then((found) => setBranches(branchesOf(found)), (error) => {
      if (!(error instanceof ApiError)) throw error;
      setBranches([]);
    });
  }, []);
  const chosen = branches?.find((one) => one.department.id === chosenId) ?? branches?.[0];
  return html`<${Dialog} title=${t("people.title")} close=${close} isWide class="company">
    <div class="finder-field"><${Icon} name="search" /><input class="input" type="search" autofocus value=${text} placeholder=${t("picker.find")} aria-label=${t("picker.find")}
      onInput=${(/** @type {InputEvent} */ event) => setText(/** @type {HTMLInputElement} */ (event.currentTarget).value)} /></div>
    ${!branches && html`<${Spinner} label=${t("loading")} />`}
    ${branches && (text.trim() || branches.length === 0
      ? html`<${ByName} text=${text.trim()} close=${close} />`
      : html`<div class="company-parts">
        <${Tree} branches=${branches} chosenId=${chosen?.department.id ?? 0} choose=${setChosen} />
        ${chosen && html`<${Department} key=${chosen.department.id} branches=${branches} branch=${chosen} close=${close} />`}</div>`)}
  <//>`;
}

/** @param {{ branches: Branch[], chosenId: number, choose: (id: number) => void }} props */
function Tree({ branches, chosenId, choose }) {
  /** @param {KeyboardEvent} event */
  function steer(event) {
    const now = branches.findIndex((one) => one.department.id === chosenId);
    const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: branches.length - 1 }[event.key];
    if (next === undefined || !branches[next]) return;
    event.preventDefault();
    choose(branches[next].department.id);
    const tree = /** @type {HTMLElement} */ (event.currentTarget);
    requestAnimationFrame(() => /** @type {HTMLElement | null} */ (tree.querySelector("[aria-selected=true]"))?.focus());
  }
  return html`<div class="company-tree" role="tree" aria-label=${t("people.departments")} onKeyDown=${steer}>
    ${branches.map(({ department, depth, count }) => html`<button key=${department.id} type="button" role="treeitem" aria-level=${depth + 1}
      aria-selected=${department.id === chosenId} tabindex=${department.id === chosenId ? 0 : -1} style=${{ "--depth": depth }} onClick=${() => choose(department.id)}>
      <span dir="auto">${calmName(department.name)}</span><span class="company-count">${count}</span></button>`)}</div>`;
}

/** A department with those below it. @param {{ branches: Branch[], branch: Branch, close: () => void }} props */
function Department({ branches, branch, close }) {
  const groups = useMemo(() => groupsOf(branches, branch, MOST), [branches, branch]);
  useEffect(() => inBackground(learn(groups.flatMap((one) => one.ids))), [groups]);
  const count = groups.reduce((sum, one) => sum + one.ids.length, 0);
  return html`<section class="company-people" aria-label=${calmName(branch.department.name)}>
    ${count === 0 && html`<${Empty} icon="users" title=${t("people.empty")} />`}
    ${groups.map(({ department, ids }) => ids.length > 0 && html`<section key=${department.id}>
      ${department.id !== branch.department.id && html`<h3 class="label">${calmName(department.name)}</h3>`}
      <ul>${ids.map((id) => html`<${Line} key=${id} id=${id} isHead=${id === department.headId} wanted="" close=${close} />`)}</ul></section>`)}
    ${count >= MOST && html`<p class="soft company-rest">${t("people.too_many", { count })}</p>`}
  </section>`;
}

/** @param {{ text: string, close: () => void }} props */
function ByName({ text, close }) {
  const [ids, setIds] = useState(/** @type {number[] | null} */ (null));
  useEffect(() => {
    const timer = setTimeout(() => inBackground(find(text).then(setIds)), PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  if (!ids) return html`<${Spinner} label=${t("loading")} />`;
  return html`<section class="company-people" aria-label=${t("find.results")}>
    ${ids.length === 0
      ? html`<${Empty} icon="search-x" title=${t("picker.nobody")} />`
      : html`<ul>${ids.map((id) => html`<${Line} key=${id} id=${id} isHead=${false} wanted=${text} close=${close} />`)}</ul>`}</section>`;
}

/** @param {{ id: number, isHead: boolean, wanted: string, close: () => void }} props */
function Line({ id, isHead, wanted, close }) {
  const person = people.get(id);
  if (!person) return null;
  const about = [calmName(person.position), presenceWords(person)].filter(Boolean).join(" · ");
  function show() {
    close();
    openPerson(id);
  }
  function write() {
    close();
    void attempt(() => openDialogWith(id));
  }
  return html`<li class="member">
    <button type="button" class="panel-row" onClick=${show}><${Avatar} person=${person} />
      <span class="panel-row-words"><span class="panel-row-name"><bdi><${Marked} text=${calmName(person.name)} wanted=${wanted} /></bdi></span>
        ${about && html`<span class="panel-row-about">${about}</span>`}</span>
      ${isHead && html`<span class="member-role owner">${t("people.head")}</span>`}</button>
    <button type="button" class="icon-button" aria-label=${t("people.write", { name: calmName(person.name) })} title=${t("person.write")} onClick=${write}><${Icon} name="message-circle" /></button>
  </li>`;
}

/** @param {string} text @returns {Promise<number[]>} */
async function find(text) {
  const answer = await call("GET", "/api/people", { find: text.length > 1 ? text : "", limit: 50 });
  take(answer);
  return answer.people.map((/** @type {{ id: number }} */ one) => one.id);
}
