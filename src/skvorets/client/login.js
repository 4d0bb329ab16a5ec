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
    "login.new_title": "Выберите свой пароль",
    "login.new_hint": "Этот пароль был на один раз. Новый — не короче 8 знаков.",
    "login.new_password": "Новый пароль",
    "login.weak_password": "Нужно от 8 знаков, и не прежний пароль.",
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
    "login.new_title": "Choose your own password",
    "login.new_hint": "That password was good for once. The new one has at least 8 characters.",
    "login.new_password": "New password",
    "login.weak_password": "It needs at least 8 characters, and must be another one.",
    "login.back": "Back",
    "login.wrong_code": "Wrong code. Wait for the next one and enter that.",
    "login.wrong_secret": "Wrong login or password.",
    "login.too_many_attempts": "Too many attempts. Try again in 15 minutes.",
    "login.offline": "The server does not answer. Check the connection and try again.",
    "login.failure": "That did not work. Try again.",
  },
};

const TOLD = new Set(["wrong_secret", "wrong_code", "weak_password", "too_many_attempts", "offline"]);
/** What is asked for besides login and password, by the refusal that asks for it. @type {Record<string, "code" | "new">} */
const STEPS = { second_factor_required: "code", new_password_required: "new" };

/** @typedef {{ login: string, password: string, newPassword?: string }} Credentials */

/** @param {{ onEnter: (session: import("./api.js").Session) => void }} props */
export function Login({ onEnter }) {
  const [refusal, setRefusal] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [step, setStep] = useState(/** @type {"password" | "code" | "new"} */ ("password"));
  // What was right, while more is wanted.
  const [known, setKnown] = useState(/** @type {Credentials | null} */ (null));
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    /** @type {Credentials} */
    const given = { ...(known ?? { login: String(form.get("login")), password: String(form.get("password")) }) };
    if (step === "new") given.newPassword = String(form.get("new_password"));
    setBusy(true);
    try {
      await call("POST", "/api/session", { ...given, code: String(form.get("code") ?? "").trim() });
      const session = await loadSession();
      if (session) onEnter(session);
    } catch (error) {
      const code = /** @type {{ code?: string }} */ (error).code ?? "";
      const next = STEPS[code] ?? (code === "weak_password" ? "new" : undefined);
      if (next) {
        setKnown(given);
        setStep(next);
      }
      setRefusal(code in STEPS ? "" : TOLD.has(code) ? code : "failure");
      field.current?.select();
    } finally {
      setBusy(false);
    }
  }
  function goBack() {
    setKnown(null);
    setStep("password");
    setRefusal("");
  }

  return html`
    <main class="login">
      <form class="card login-card" key=${step} onSubmit=${submit}>
        <img src="/client/icons/starling.svg" width="56" height="56" alt="" />
        <h1>${t(step === "password" ? "login.title" : `login.${step}_title`)}</h1>
        ${refusal && html`<p class="error" role="alert">${t(`login.${refusal}`)}</p>`}
        ${step === "code" && html`<${Code} field=${field} />`}
        ${step === "new" && html`<${NewPassword} field=${field} login=${known?.login ?? ""} />`}
        ${step === "password" && html`<${Password} field=${field} />`}
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

/** @param {{ field: { current: HTMLInputElement | null }, login: string }} props */
function NewPassword({ field, login }) {
  useEffect(() => field.current?.focus(), []);
  return html`
    <input class="hidden-visually" type="text" autocomplete="username" value=${login} readonly tabindex="-1" aria-hidden="true" />
    <div class="field">
      <label for="new-password">${t("login.new_password")}</label>
      <input class="input" id="new-password" name="new_password" type="password" autocomplete="new-password" required
        minlength="8" maxlength="1024" aria-describedby="new-hint" ref=${field} />
      <p class="hint" id="new-hint">${t("login.new_hint")}</p>
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
