// Who has read a message.

import { t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { nameOf, people } from "../../state/directory.js";
import { readersOf } from "../../state/messages.js";
import { html, useEffect, useState } from "../../ui.js";
import { showOverlay } from "../overlays.js";
import { Avatar } from "../parts/avatar.js";
import { Dialog } from "../parts/dialog.js";
import { Spinner } from "../parts/spinner.js";
import { attempt } from "../parts/toast.js";
import { openPerson } from "../router.js";
import { agoWords } from "./days.js";

/** @param {import("../../state/directory.js").Message} message */
export function openReaders(message) {
  showOverlay(Readers, { message });
}

/** @param {{ message: import("../../state/directory.js").Message, close: () => void }} props */
function Readers({ message, close }) {
  const [found, setFound] = useState(/** @type {Awaited<ReturnType<typeof readersOf>> | null} */ (null));
  useEffect(() => {
    void attempt(() => readersOf(message.id)).then((answer) => (answer ? setFound(answer) : close()));
  }, []);
  /** @param {number} id */
  function choose(id) {
    close();
    openPerson(id);
  }
  const rest = found ? found.total - found.readers.length : 0;
  return html`<${Dialog} title=${t("chat.readers")} close=${close} class="narrow">
    ${!found && html`<${Spinner} label=${t("loading")} />`}
    ${found?.readers.length === 0 && html`<p class="readers-none">${t("chat.readers.none")}</p>`}
    ${found && html`<ul class="readers">${found.readers.map(({ personId, readAt }) => html`<li key=${personId}>
      <button type="button" onClick=${() => choose(personId)}><${Avatar} person=${people.get(personId)} />
        <span class="readers-name"><bdi>${calmName(nameOf(personId))}</bdi></span>
        <span class="readers-when">${readAt ? agoWords(readAt) : ""}</span></button></li>`)}</ul>`}
    ${rest > 0 && html`<p class="readers-none">${t("chat.readers.more", { count: rest })}</p>`}
  <//>`;
}
