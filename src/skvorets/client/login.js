// The log-in form, shown by every page of the client when nobody is logged in.

import { call, loadSession } from "./api.js";
import { t } from "./i18n.js";
import { html, useRef, useState } from "./ui.js";

/** The words of the form, to be merged into a page's own. */
export const loginWords = {
  ru: {
    "login.title": "Вход в Скворец",
    "login.login": "Логин",
    "login.password": "Пароль",
    "login.enter": "Войти",
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
    "login.wrong_secret": "Wrong login or password.",
    "login.too_many_attempts": "Too many attempts. Try again in 15 minutes.",
    "login.offline": "The server does not answer. Check the connection and try again.",
    "login.failure": "That did not work. Try again.",
  },
};

const TOLD = new Set(["wrong_secret", "too_many_attempts", "offline"]);

/** @param {{ onEnter: (session: import("./api.js").Session) => void }} props */
export function Login({ onEnter }) {
  const [refusal, setRefusal] = useState("");
  const [isBusy, setBusy] = useState(false);
  const password = useRef(/** @type {HTMLInputElement | null} */ (null));

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    setBusy(true);
    try {
      await call("POST", "/api/session", { login: form.get("login"), password: form.get("password") });
      const session = await loadSession();
      if (session) onEnter(session);
    } catch (error) {
      const code = /** @type {{ code?: string }} */ (error).code ?? "";
      setRefusal(TOLD.has(code) ? code : "failure");
      password.current?.select();
    } finally {
      setBusy(false);
    }
  }

  return html`
    <main class="login">
      <form class="card login-card" onSubmit=${submit}>
        <img src="/client/icons/starling.svg" width="56" height="56" alt="" />
        <h1>${t("login.title")}</h1>
        ${refusal && html`<p class="error" role="alert">${t(`login.${refusal}`)}</p>`}
        <div class="field">
          <label for="login">${t("login.login")}</label>
          <input class="input" id="login" name="login" autocomplete="username" autocapitalize="none" spellcheck=${false}
            required autofocus />
        </div>
        <div class="field">
          <label for="password">${t("login.password")}</label>
          <input class="input" id="password" name="password" type="password" autocomplete="current-password" required
            ref=${password} />
        </div>
        <button class="button primary" disabled=${isBusy}>${t("login.enter")}</button>
      </form>
    </main>
  `;
}
