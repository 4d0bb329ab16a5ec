// Choosing people, or whom to give access, at the word of an application: a dialog with a search.

import { call } from "../api.js";
import { t } from "../i18n.js";
import { html, render, useEffect, useState } from "../ui.js";

/** @typedef {Pick<import("../shapes.js").PersonView, "id" | "name" | "position" | "avatar">} Person */
/** @typedef {{ title: string, isMultiple: boolean, first: Person[], chosen: Map<number, Person> }} Question */

/** How long nothing is typed before the search begins, milliseconds. */
const PAUSE_MS = 200;
/** Everybody, as an entry of the list. */
const EVERYBODY_ID = 0;
const EVERYBODY_CODE = "AU";

/**
 * Let the person choose people; null or an empty list when nobody is chosen.
 * @param {boolean} isMultiple
 */
export async function selectUsers(isMultiple) {
  const title = t(isMultiple ? "frames.choose" : "frames.choose_one");
  const chosen = await ask({ title, isMultiple, first: [], chosen: new Map() });
  const answers = chosen.map(userOf);
  return isMultiple ? answers : (answers[0] ?? null);
}

/**
 * Let the person choose who gets access: people, and everybody.
 * @param {string[]} codes chosen before
 */
export async function selectAccess(codes) {
  const everybody = { id: EVERYBODY_ID, name: t("frames.everybody"), position: "", avatar: "" };
  const known = new Map(codes.includes(EVERYBODY_CODE) ? [[EVERYBODY_ID, everybody]] : []);
  const chosen = await ask({ title: t("frames.access"), isMultiple: true, first: [everybody], chosen: known });
  return chosen.map(({ id, name }) => ({ id: id === EVERYBODY_ID ? EVERYBODY_CODE : `U${id}`, name }));
}

/** @param {Person} person */
function userOf({ id, name, position, avatar }) {
  return { id, name, photo: avatar, position, url: "", sub: false, sup: false };
}

/**
 * @param {Question} question
 * @returns {Promise<Person[]>}
 */
function ask(question) {
  const dialog = Object.assign(document.createElement("dialog"), { className: "chooser" });
  document.body.append(dialog);
  return new Promise((resolve) => {
    /** @type {Person[]} */
    let answer = [];
    dialog.addEventListener("close", () => {
      render(null, dialog);
      dialog.remove();
      resolve(answer);
    });
    const done = (/** @type {Person[]} */ chosen) => {
      answer = chosen;
      dialog.close();
    };
    render(html`<${Picker} question=${question} onDone=${done} />`, dialog);
    dialog.showModal();
  });
}

/** @param {{ question: Question, onDone: (chosen: Person[]) => void }} props */
function Picker({ question, onDone }) {
  const [text, setText] = useState("");
  const [people, setPeople] = useState(/** @type {Person[]} */ ([]));
  const [chosen, setChosen] = useState(question.chosen);
  const [state, setState] = useState("loading");
  useEffect(() => {
    let isOver = false;
    const begin = async () => {
      const found = await call("GET", "/api/people", { find: text.trim() }).catch(() => null);
      if (isOver) return;
      setPeople(found?.people ?? []);
      setState(found ? "known" : "failure");
    };
    const timer = setTimeout(begin, text ? PAUSE_MS : 0);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [text]);

  /** @param {Person} person */
  function choose(person) {
    if (!question.isMultiple) return onDone([person]);
    const next = new Map(chosen);
    if (!next.delete(person.id)) next.set(person.id, person);
    setChosen(next);
  }

  const listed = [...(text ? [] : question.first), ...people];
  return html`
    <form class="chooser-form" method="dialog" onSubmit=${() => onDone([...chosen.values()])}>
      <h2>${question.title}</h2>
      <input class="input" type="search" aria-label=${t("frames.find")} placeholder=${t("frames.find")} autofocus
        value=${text} onInput=${(/** @type {any} */ event) => setText(event.target.value)}
        onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === "Enter" && event.preventDefault()} />
      <ul class="chooser-list">
        ${listed.map((one) => html`<li key=${one.id}>
          <button type="button" class="chooser-person" aria-pressed=${chosen.has(one.id)} onClick=${() => choose(one)}>
            <span class="chooser-name">${one.name}</span><span class="chooser-position">${one.position}</span>
          </button></li>`)}
      </ul>
      ${state === "known" && !listed.length && html`<p class="chooser-note">${t("frames.nobody")}</p>`}
      ${state === "failure" && html`<p class="error" role="alert">${t("frames.failure")}</p>`}
      <div class="chooser-buttons">
        ${question.isMultiple && html`<button class="button primary">${t("frames.done")}</button>`}
        <button type="button" class="button" onClick=${() => onDone([])}>${t("frames.close")}</button>
      </div>
    </form>
  `;
}
