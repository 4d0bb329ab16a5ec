// The person's own profile: photo, status, name and contacts.

import { call } from "../api.js";
import { t } from "../i18n.js";
import { html, useRef, useState } from "../ui.js";
import { Choice, Field, Said, Waiting, useLoaded } from "./fields.js";
import { pictureOf } from "./picture.js";
import { refusalWords } from "./refusals.js";

/** @typedef {import("../shapes.js").Answers["GET /api/profile"]} Mine */

const STATUSES = ["online", "dnd", "away", "break"];
/** @type {{ name: keyof Mine, type?: string, autocomplete: string, maxlength: number, required?: boolean }[]} */
const FIELDS = [
  { name: "firstName", autocomplete: "given-name", maxlength: 100, required: true },
  { name: "lastName", autocomplete: "family-name", maxlength: 100 },
  { name: "position", autocomplete: "organization-title", maxlength: 200 },
  { name: "email", type: "email", autocomplete: "email", maxlength: 254 },
  { name: "workPhone", type: "tel", autocomplete: "work tel", maxlength: 40 },
  { name: "personalMobile", type: "tel", autocomplete: "mobile tel", maxlength: 40 },
  { name: "innerPhone", type: "tel", autocomplete: "off", maxlength: 40 },
  { name: "birthday", type: "date", autocomplete: "bday", maxlength: 10 },
];

/**
 * @param {{ spoken?: string, onChange?: (profile: Mine) => void }} props `spoken`: the language, so that words follow it;
 *   `onChange` hears what was stored
 */
export function Profile({ onChange }) {
  const { value: mine, refusal, reload, set } = useLoaded(() => /** @type {Promise<Mine>} */ (call("GET", "/api/profile")));
  if (mine === null) return html`<${Waiting} refusal=${refusal} reload=${reload} />`;
  /** @param {Mine} stored */
  function keep(stored) {
    set(stored);
    onChange?.(stored);
  }
  return html`<div class="account">
    <${Photo} mine=${mine} keep=${keep} />
    <${Status} />
    <${Data} mine=${mine} keep=${keep} />
  </div>`;
}

/** @param {{ mine: Mine, keep: (stored: Mine) => void }} props */
function Photo({ mine, keep }) {
  const [refusal, setRefusal] = useState("");
  const [isBusy, setBusy] = useState(false);
  const chooser = useRef(/** @type {HTMLInputElement | null} */ (null));

  /** @param {() => Promise<Mine>} act */
  async function change(act) {
    setBusy(true);
    setRefusal("");
    try {
      keep(await act());
    } catch (error) {
      setRefusal(refusalWords(error));
    }
    setBusy(false);
  }
  /** @param {Event} event */
  async function take(event) {
    const input = /** @type {HTMLInputElement} */ (event.currentTarget);
    const file = input.files?.[0];
    input.value = "";
    if (file) await change(async () => call("PUT", "/api/profile/avatar", { picture: await pictureOf(file) }));
  }
  const initials = (mine.firstName.slice(0, 1) + mine.lastName.slice(0, 1)).toUpperCase();
  return html`<div class="photo">
    ${mine.picture ? html`<img class="photo-face" src=${mine.picture} alt=${t("profile.photo")} />`
      : html`<span class="photo-face" aria-hidden="true">${initials}</span>`}
    <div class="photo-side">
      <div class="account-actions">
        <button type="button" class="button" disabled=${isBusy} onClick=${() => chooser.current?.click()}>
          ${t(mine.picture ? "profile.photo.change" : "profile.photo.choose")}</button>
        ${mine.picture && html`<button type="button" class="button quiet" disabled=${isBusy}
          onClick=${() => change(() => call("DELETE", "/api/profile/avatar"))}>${t("profile.photo.remove")}</button>`}
      </div>
      <input type="file" class="hidden-visually" tabindex="-1" aria-label=${t("profile.photo.choose")} ref=${chooser}
        accept="image/png,image/jpeg,image/gif,image/webp" onChange=${take} />
      ${refusal ? html`<p class="error" role="alert">${refusal}</p>` : html`<p class="hint">${t("profile.photo.hint")}</p>`}
    </div>
  </div>`;
}

function Status() {
  const { value, set } = useLoaded(() => call("GET", "/api/status"));
  const [refusal, setRefusal] = useState("");
  /** @param {string} status */
  async function choose(status) {
    set({ ...value, status });
    setRefusal("");
    await call("PUT", "/api/status", { status }).catch((error) => {
      set(value);
      setRefusal(refusalWords(error));
    });
  }
  return html`<div>
    <${Choice} label=${t("profile.status")} value=${value?.status ?? ""} onChoose=${choose}
      options=${STATUSES.map((one) => [one, t(`profile.status.${one}`)])} />
    <${Said} said=${refusal} isBad=${true} />
  </div>`;
}

/** @param {{ mine: Mine, keep: (stored: Mine) => void }} props */
function Data({ mine, keep }) {
  const [changes, setChanges] = useState(/** @type {Partial<Mine>} */ ({}));
  const [said, setSaid] = useState({ text: "", isBad: false });
  const isChanged = Object.keys(changes).length > 0;

  /** @param {Event} event */
  function note(event) {
    const { name, value } = /** @type {HTMLInputElement | HTMLSelectElement} */ (event.target);
    const { [/** @type {keyof Mine} */ (name)]: _before, ...others } = changes;
    setChanges(mine[/** @type {keyof Mine} */ (name)] === value ? others : { ...others, [name]: value });
    setSaid({ text: "", isBad: false });
  }
  /** @param {SubmitEvent} event */
  async function save(event) {
    event.preventDefault();
    try {
      keep(await call("PATCH", "/api/profile", changes));
      setChanges({});
      setSaid({ text: t("account.saved"), isBad: false });
    } catch (error) {
      setSaid({ text: refusalWords(error), isBad: true });
    }
  }
  const shown = { ...mine, ...changes };
  return html`<form class="account-fields" onInput=${note} onSubmit=${save}>
    ${FIELDS.map(({ name, ...more }) => html`<${Field} key=${name} name=${name} label=${t(`profile.${name}`)}
      value=${shown[name]} ...${more} />`)}
    <div class="field">
      <label for="profile-gender">${t("profile.gender")}</label>
      <select class="input" id="profile-gender" name="gender" value=${shown.gender}>
        ${["", "F", "M"].map((one) => html`<option key=${one} value=${one}>${t(`profile.gender.${one}`)}</option>`)}
      </select>
    </div>
    <div class="account-save">
      <button class="button primary" disabled=${!isChanged}>${t("account.save")}</button>
      <${Said} said=${said.text} isBad=${said.isBad} />
    </div>
  </form>`;
}
