// Files of a message: pictures in their proportions, everything else by name and size.

import { formatSize, t } from "../../client/i18n.js";
import { calmName } from "../../client/lib/calm.js";
import { html, useState } from "../ui.js";
import { Icon } from "./icon.js";

/** @typedef {import("../state/types.js").File} File */

/** The room of a picture, px. */
const [WIDEST, HIGHEST] = [240, 260];

/** @param {{ files: File[] }} props */
export function Files({ files }) {
  return html`<div class="files">${files.map((file) => html`<${One} key=${file.id} file=${file} />`)}</div>`;
}

/** @param {{ file: File }} props */
function One({ file }) {
  const [isBroken, setBroken] = useState(false);
  const name = calmName(file.name);
  const address = file.previewUrl || (file.type === "image" ? file.url : "");
  if (address && !isBroken) {
    const size = fitted(file.width || WIDEST, file.height || WIDEST);
    return html`<a class="picture-link" href=${file.url || file.downloadUrl} target="_blank" rel="noopener" title=${name}>
      <img class="picture" src=${address} alt=${name || t("picture")} width=${size.width} height=${size.height} loading="lazy"
        decoding="async" onError=${() => setBroken(true)} /></a>`;
  }
  return html`<a class="file" href=${file.downloadUrl || file.url} download=${file.name} title=${t("download", { name })}>
    <${Icon} name="file" /><span class="file-words"><span dir="auto">${name}</span>
    <span class="soft">${formatSize(file.size)}</span></span><${Icon} name="download" /></a>`;
}

/** @param {number} width @param {number} height */
function fitted(width, height) {
  const share = Math.min(1, WIDEST / width, HIGHEST / height);
  return { width: Math.max(24, Math.round(width * share)), height: Math.max(24, Math.round(height * share)) };
}
