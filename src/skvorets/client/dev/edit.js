// An event as JSON, to be changed and sent to its handler once.

import { ApiError, call } from "../api.js";
import { t } from "../i18n.js";
import { toPairs, toTree } from "../state/forms.js";
import { html, useId, useState } from "../ui.js";
import { Dialog } from "./parts.js";
import { cause } from "./status.js";

/** @typedef {{ httpStatus: number, failure: string, durationMs: number, answer: string }} Outcome */

/** @param {{ details: import("../state/deliveries.js").Details, onClose: () => void }} props */
export function EditDialog({ details, onClose }) {
  const [text, setText] = useState(() => JSON.stringify(toTree(details.pairs), null, 2));
  const [wrong, setWrong] = useState("");
  const [outcome, setOutcome] = useState(/** @type {Outcome | null} */ (null));
  const [isBusy, setBusy] = useState(false);
  const id = useId();

  /** @param {SubmitEvent} event */
  async function send(event) {
    event.preventDefault();
    setOutcome(null);
    setBusy(true);
    try {
      setOutcome(await call("POST", `/api/dev/deliveries/${details.line.id}/send`, { pairs: toPairs(read(text)) }));
      setWrong("");
    } catch (error) {
      const message = /** @type {Error} */ (error).message;
      setWrong(error instanceof ApiError ? t("failed", { message }) : t("edit.wrong", { message }));
    } finally {
      setBusy(false);
    }
  }
  return html`<${Dialog} title=${t("edit.heading")} onClose=${onClose} isWide=${true}>
    <form class="form" onSubmit=${send}>
      <p class="hint" id=${`${id}-hint`}>${t("edit.hint")}</p>
      <div class="field">
        <label for=${id}>${t("edit.json")}</label>
        <textarea class="input mono" id=${id} rows="18" spellcheck=${false} autocomplete="off" value=${text}
          aria-describedby=${`${id}-hint`} aria-invalid=${wrong !== ""}
          onInput=${(/** @type {Event} */ event) => setText(/** @type {HTMLTextAreaElement} */ (event.currentTarget).value)}></textarea>
      </div>
      <div role="status" aria-live="polite">
        ${wrong && html`<p class="error">${wrong}</p>`}
        ${outcome && html`<${Result} outcome=${outcome} />`}
      </div>
      <div class="actions"><button class="button primary" disabled=${isBusy}>${t("edit.send")}</button></div>
    </form>
  <//>`;
}

/** @param {{ outcome: Outcome }} props */
function Result({ outcome }) {
  const isGood = outcome.httpStatus >= 200 && outcome.httpStatus < 300;
  const words = outcome.httpStatus
    ? t("edit.sent", { status: String(outcome.httpStatus), ms: outcome.durationMs })
    : t("edit.unsent", { failure: cause(outcome.failure) });
  return html`<p class=${isGood ? "success" : "error"}>${words}</p>
    ${outcome.answer && html`<pre class="answer" tabindex="0">${outcome.answer}</pre>`}`;
}

/**
 * Throws when it is no object.
 * @param {string} text
 * @returns {{ [name: string]: unknown }}
 */
function read(text) {
  const found = JSON.parse(text);
  if (found === null || typeof found !== "object" || Array.isArray(found)) throw new TypeError(text.slice(0, 20));
  return found;
}
