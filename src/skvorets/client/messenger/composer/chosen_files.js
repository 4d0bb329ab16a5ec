// The files that will go with the message.

import { Icon } from "../../icon.js";
import { formatSize, t } from "../../i18n.js";
import { html, useEffect, useMemo } from "../../ui.js";

/** @param {{ desk: import("../chat/desk.js").Desk }} props */
export function ChosenFiles({ desk }) {
  const { composing } = desk;
  const files = composing.files.value;
  if (files.length === 0) return null;
  /** @param {File} file */
  function remove(file) {
    composing.detach(file);
    desk.focusField(); // its button is gone
  }
  return html`<ul class="chosen-files" aria-label=${t("composer.files")}>
    ${files.map((file, at) => html`<${Chosen} key=${`${at} ${file.name} ${file.size}`} file=${file} remove=${() => remove(file)} />`)}
  </ul>`;
}

/** @param {{ file: File, remove: () => void }} props */
function Chosen({ file, remove }) {
  const address = useMemo(() => (file.type.startsWith("image/") && file.type !== "image/svg+xml" ? URL.createObjectURL(file) : ""), [file]);
  useEffect(() => () => { if (address) URL.revokeObjectURL(address); }, [address]);
  return html`<li class="chosen-file">
    <span class="chosen-picture">${address ? html`<img src=${address} alt="" />` : html`<${Icon} name="file" />`}</span>
    <span class="chosen-words"><span class="chosen-name" title=${file.name}><bdi>${file.name}</bdi></span><small>${formatSize(file.size)}</small></span>
    <button type="button" class="icon-button" aria-label=${t("composer.remove_file", { name: file.name })} title=${t("remove")} onClick=${remove}>
      <${Icon} name="x" /></button>
  </li>`;
}
