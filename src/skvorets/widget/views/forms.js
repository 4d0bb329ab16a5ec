// Forms in place of the field for writing: who the visitor is, and what he leaves while nobody is there.

import { t } from "../../client/i18n.js";
import { leave } from "../state/deeds.js";
import { MAX_TEXT } from "../state/talk.js";
import { html, useRef, useState } from "../ui.js";

/** @typedef {import("../state/talk.js").Talk} Talk
 * @typedef {{ name: string, kind?: string, isNeeded?: boolean, complete?: string, isLong?: boolean }} Field */

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;

/** The line wants to know names before the talk. @param {{ talk: Talk }} props */
export function Intro({ talk }) {
  const { line, who } = talk;
  /** @type {Field[]} */
  const fields = [];
  if (line?.asksName) fields.push({ name: "name", isNeeded: true, complete: "name" });
  if (line?.asksEmail) fields.push({ name: "email", kind: "email", isNeeded: true, complete: "email" });
  return html`<${Form} title=${t("intro")} fields=${fields} start=${who} submit=${t("begin")}
    act=${(/** @type {any} */ given) => talk.come(given)} />`;
}

/** @param {{ talk: Talk }} props */
export function Offline({ talk }) {
  const { visitor, who } = talk;
  /** @type {Field[]} */
  const fields = [{ name: "name", isNeeded: true, complete: "name" }, { name: "email", kind: "email", isNeeded: true, complete: "email" },
    { name: "message", isNeeded: true, isLong: true }];
  return html`<${Form} title=${t("leave_title")} fields=${fields}
    start=${{ name: visitor?.name || who.name || "", email: visitor?.email || who.email || "" }} submit=${t("leave")}
    act=${({ name = "", email = "", message = "" }) => leave(talk, { name, email, text: message })} />`;
}

/**
 * @param {{ title: string, fields: Field[], start: Record<string, string | undefined>, submit: string,
 *   act: (given: Record<string, string>) => Promise<unknown> }} props
 */
function Form({ title, fields, start, submit, act }) {
  const [given, setGiven] = useState(/** @type {Record<string, string>} */ ({ ...start }));
  const [wrong, setWrong] = useState(/** @type {Record<string, string>} */ ({}));
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const form = /** @type {{ current: HTMLFormElement | null }} */ (useRef(null));

  /** @param {Event} event */
  async function send(event) {
    event.preventDefault();
    const found = wrongOf(fields, given);
    setWrong(found);
    const first = fields.find((one) => found[one.name]);
    const field = first && form.current?.elements.namedItem(first.name);
    if (field instanceof HTMLElement) return field.focus();
    setBusy(true);
    setProblem("");
    try {
      await act(given);
    } catch {
      setProblem(t("try_later"));
    }
    setBusy(false);
  }

  return html`<form class="form" ref=${form} onSubmit=${send} novalidate>
    <h2>${title}</h2>
    ${fields.map((field) => html`<${Input} key=${field.name} field=${field} value=${given[field.name] ?? ""} wrong=${wrong[field.name]}
      onInput=${(/** @type {any} */ event) => setGiven({ ...given, [field.name]: event.currentTarget.value })} />`)}
    ${problem && html`<p class="problem" role="alert">${problem}</p>`}
    <button type="submit" class="button" disabled=${isBusy}>${submit}</button>
  </form>`;
}

/** @param {{ field: Field, value: string, wrong?: string, onInput: (event: Event) => void }} props */
function Input({ field, value, wrong, onInput }) {
  const { name, kind = "text", isNeeded, complete, isLong } = field;
  const shared = { id: `field-${name}`, name, value, onInput, required: isNeeded, "aria-invalid": wrong ? "true" : undefined,
    "aria-describedby": wrong ? `wrong-${name}` : undefined, class: "field" };
  return html`<div class="form-field">
    <label for=${`field-${name}`}>${t(name)}</label>
    ${isLong ? html`<textarea ...${shared} rows="3" maxlength=${MAX_TEXT} dir="auto"></textarea>`
      : html`<input ...${shared} type=${kind} autocomplete=${complete} maxlength=${kind === "email" ? 254 : 100} />`}
    ${wrong && html`<p class="wrong" id=${`wrong-${name}`}>${wrong}</p>`}
  </div>`;
}

/** @param {Field[]} fields @param {Record<string, string>} given @returns {Record<string, string>} */
function wrongOf(fields, given) {
  /** @type {Record<string, string>} */
  const wrong = {};
  for (const { name, isNeeded, kind } of fields) {
    const value = given[name]?.trim() ?? "";
    if (isNeeded && !value) wrong[name] = t("needed");
    else if (kind === "email" && value && !EMAIL.test(value)) wrong[name] = t("bad_email");
  }
  return wrong;
}
