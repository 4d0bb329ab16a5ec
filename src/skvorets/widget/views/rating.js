// How was it? Five stars, by the mouse and by the keys of any group of choices, and a word if one likes.

import { t } from "../../client/i18n.js";
import { rate } from "../state/deeds.js";
import { html, useState } from "../ui.js";
import { Icon } from "./icon.js";

const VOTES = [1, 2, 3, 4, 5];
const MAX_COMMENT = 1_000;

/** @param {{ talk: import("../state/talk.js").Talk }} props */
export function Rating({ talk }) {
  const [vote, setVote] = useState(0);
  const [comment, setComment] = useState("");
  const [problem, setProblem] = useState("");
  const [isBusy, setBusy] = useState(false);

  /** @param {Event} event */
  async function send(event) {
    event.preventDefault();
    setBusy(true);
    setProblem("");
    await rate(talk, vote, comment).catch(() => setProblem(t("try_later")));
    setBusy(false);
  }
  return html`<form class="rating" onSubmit=${send}>
    <fieldset>
      <legend>${t("rate")}</legend>
      <div class="stars">
        ${VOTES.map((count) => html`<label key=${count} class=${count <= vote ? "star is-on" : "star"} title=${t("star", { count })}>
          <input type="radio" name="vote" value=${count} checked=${count === vote} onChange=${() => setVote(count)}
            aria-label=${t("star", { count })} /><${Icon} name="star" /></label>`)}
      </div>
    </fieldset>
    ${vote > 0 && html`<textarea class="field" rows="2" maxlength=${MAX_COMMENT} placeholder=${t("comment")} aria-label=${t("comment")}
        value=${comment} onInput=${(/** @type {any} */ event) => setComment(event.currentTarget.value)}></textarea>
      ${problem && html`<p class="problem" role="alert">${problem}</p>`}
      <button type="submit" class="button" disabled=${isBusy}>${t("rate_send")}</button>`}
  </form>`;
}
