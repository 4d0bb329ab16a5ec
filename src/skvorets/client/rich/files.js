// Files of a message: pictures together, films and sounds with the browser's own players, all others by name.

import { Icon } from "../icon.js";
import { formatSize, t } from "../i18n.js";
import { calmName } from "../lib/calm.js";
import { fileIcon } from "../lib/file_kinds.js";
import { PICTURE_ROOM, UNKNOWN, fitted } from "../lib/sizes.js";
import { html, useState } from "../ui.js";
import { Picture } from "./picture.js";

/** @typedef {import("./types.js").Context} Context */
/** @typedef {import("./types.js").File} File */

/** More pictures are behind the last one. */
const MAX_TILES = 9;
/** The place of one picture among several, px: the style makes it square. */
const TILE = { width: 200, height: 200 };

/**
 * @param {{ files: File[], context: Context }} props
 */
export function Files({ files, context }) {
  const pictures = files.filter((file) => file.type === "image");
  const rest = files.filter((file) => file.type !== "image");
  return html`${pictures.length > 0 && html`<${Pictures} files=${pictures} context=${context} />`}
    ${rest.map((file) => html`<${OneFile} key=${file.id} file=${file} />`)}`;
}

/** @param {{ files: File[], context: Context }} props */
function Pictures({ files, context }) {
  const all = files.map((file) => ({ address: file.url, label: calmName(file.name), downloadUrl: file.downloadUrl,
    width: file.width, height: file.height }));
  const shown = files.slice(0, MAX_TILES);
  const hidden = files.length - shown.length;
  const isOne = files.length === 1;
  const columns = shown.length === 2 || shown.length === 4 ? 2 : 3;
  return html`<div class=${isOne ? "files-pictures" : `files-pictures is-several columns-${columns}`}>
    ${shown.map((file, at) => html`<div class="files-picture" key=${file.id}>
      <${Picture} address=${file.url} preview=${previewOf(file)} label=${file.name} width=${isOne ? file.width : TILE.width}
        height=${isOne ? file.height : TILE.height} room=${isOne ? undefined : TILE} context=${context} all=${all}
        isTile=${!isOne} />
      ${hidden > 0 && at === shown.length - 1
        && html`<span class="files-more" role="img" aria-label=${t("rich.more_pictures", { count: hidden })}>+${hidden}</span>`}
    </div>`)}
  </div>`;
}

/** A moving picture moves only as it is. @param {File} file */
function previewOf(file) {
  return file.mediaType === "image/gif" ? file.url : file.previewUrl || file.url;
}

/** @param {{ file: File }} props */
function OneFile({ file }) {
  const [isBroken, setBroken] = useState(false);
  const fail = () => setBroken(true);
  if (file.type === "video" && !isBroken) {
    const place = fitted(file.width && file.height ? file : UNKNOWN, PICTURE_ROOM);
    return html`<figure class="files-player">
      <video controls preload="metadata" src=${file.url} poster=${file.previewUrl || undefined} aria-label=${calmName(file.name)}
        width=${place.width} height=${place.height} style=${{ aspectRatio: `${place.width} / ${place.height}` }}
        playsinline onError=${fail}></video>
      <${Record} file=${file} isSmall />
    </figure>`;
  }
  if (file.type === "audio" && !isBroken) {
    return html`<figure class="files-player">
      <audio controls preload="none" src=${file.url} aria-label=${calmName(file.name)} onError=${fail}></audio>
      <${Record} file=${file} isSmall />
    </figure>`;
  }
  return html`<${Record} file=${file} />`;
}

/** A file by its name; a click downloads it. @param {{ file: File, isSmall?: boolean }} props */
export function Record({ file, isSmall }) {
  const name = calmName(file.name);
  return html`<a class=${isSmall ? "record is-small" : "record"} href=${file.downloadUrl} download=${file.name}
      title=${t("rich.download_name", { name })}>
    ${!isSmall && html`<span class="record-icon"><${Icon} name=${fileIcon(file.name)} /></span>`}
    <span class="record-words"><span class="record-name" dir="auto">${name}</span>
      <span class="record-size">${formatSize(file.size)}</span></span>
    <${Icon} name="download" class="record-act" />
  </a>`;
}
