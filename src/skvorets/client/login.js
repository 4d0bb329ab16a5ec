// The log-in form, shown by every page of the client when nobody is logged in.

import { call, loadSession } from "./api.js";
import { t } from "./i18n.js";
import { html, useEffect, useRef, useState } from "./ui.js";

/** The words of the form, to be merged into a page's own. */
export const loginWords = {
  ru: {
    "login.title": "Вход в Скворец",
    "login.login": "Логин",
    "login.password": "Пароль",
    "login.enter": "Войти",
    "login.code_title": "Код подтверждения",
    "login.code": "Код из приложения или резервный код",
    "login.code_hint": "Откройте приложение для кодов на телефоне.",
    "login.back": "Назад",
    "login.wrong_code": "Неверный код. Дождитесь следующего и введите его.",
    "login.wrong_secret": "Неверный логин или пароль.",
    "login.too_many_attempts": "Слишком много попыток. Повторите через 15 минут.",
    "login.offline": "Сервер не отвечает. Проверьте связь и попробуйте ещё раз.",
    "login.failure": "Не получилось войти. Попробуйте ещё раз.",
  },
  en: {
    "login.title": "Log in to Skvorets",
    "login.login": "Login",
    "login.password": "Password",
    "login.enter": "Log in",
    "login.code_title": "Enter the code",
    "login.code": "Code of the application, or a recovery code",
    "login.code_hint": "Open the application for codes on your phone.",
    "login.back": "Back",
    "login.wrong_code": "Wrong code. Wait for the next one and enter that.",
    "login.wrong_secret": "Wrong login or password.",
    "login.too_many_attempts": "Too many attempts. Try again in 15 minutes.",
    "login.offline": "The server does not answer. Check the connection and try again.",
    "login.failure": "That did not work. Try again.",
  },
};

const TOLD = new Set(["wrong_secret", "wrong_code", "too_many_attempts", "offline"]);

/** @typedef {{ login: string, password: string }} Credentials */

/** @param {{ onEnter: (session: import("./api.js").Session) => void }} props */
export function Login({ onEnter }) {
  const [refusal, setRefusal] = useState("");
  const [isBusy, setBusy] = useState(false);
  // What was right, while a code is wanted as well.
  const [known, setKnown] = useState(/** @type {Credentials | null} */ (null));
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    const given = known ?? { login: String(form.get("login")), password: String(form.get("password")) };
    setBusy(true);
    try {
      await call("POST", "/api/session", { ...given, code: String(form.get("code") ?? "").trim() });
      const session = await loadSession();
      if (session) onEnter(session);
    } catch (error) {
      const code = /** @type {{ code?: string }} */ (error).code ?? "";
      const isCodeWanted = code === "second_factor_required";
      if (isCodeWanted) setKnown(given);
      setRefusal(isCodeWanted ? "" : TOLD.has(code) ? code : "failure");
      field.current?.select();
    } finally {
      setBusy(false);
    }
  }
  function goBack() {
    setKnown(null);
    setRefusal("");
  }

  return html`
    <main class="login">
      <form class="card login-card" key=${known ? "code" : "password"} onSubmit=${submit}>
        <img src="/client/icons/starling.svg" width="56" height="56" alt="" />
        <h1>${t(known ? "login.code_title" : "login.title")}</h1>
        ${refusal && html`<p class="error" role="alert">${t(`login.${refusal}`)}</p>`}
        ${known ? html`<${Code} field=${field} />` : html`<${Password} field=${field} />`}
        <button class="button primary" disabled=${isBusy}>${t("login.enter")}</button>
        ${known && html`<button type="button" class="button quiet" onClick=${goBack}>${t("login.back")}</button>`}
      </form>
    </main>
  `;
}

/** @param {{ field: { current: HTMLInputElement | null } }} props */
function Password({ field }) {
  return html`
    <div class="field">
      <label for="login">${t("login.login")}</label>
      <input class="input" id="login" name="login" autocomplete="username" autocapitalize="none" spellcheck=${false}
        required autofocus />
    </div>
    <div class="field">
      <label for="password">${t("login.password")}</label>
      <input class="input" id="password" name="password" type="password" autocomplete="current-password" required
        ref=${field} />
    </div>
  `;
}

/** @param {{ field: { current: HTMLInputElement | null } }} props */
function Code({ field }) {
  useEffect(() => field.current?.focus(), []);
  return html`
    <div class="field">
      <label for="code">${t("login.code")}</label>
      <input class="input" id="code" name="code" autocomplete="one-time-code" autocapitalize="none" spellcheck=${false}
        maxlength="64" required aria-describedby="code-hint" ref=${field} />
      <p class="hint" id="code-hint">${t("login.code_hint")}</p>
    </div>
  `;
}
