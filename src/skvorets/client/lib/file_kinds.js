// What kind of file it is, by its name: for its icon.

/** @type {Record<string, string>} */
const ICONS = {};
/** @type {[icon: string, endings: string][]} */
const KINDS = [
  ["file-image", "png jpg jpeg gif webp bmp svg heic avif tif tiff psd"],
  ["file-play", "mp4 mov mkv webm avi m4v"],
  ["file-headphone", "mp3 wav ogg oga flac m4a aac opus"],
  ["file-text", "txt md rtf doc docx odt pdf pages log"],
  ["file-spreadsheet", "xls xlsx ods csv tsv numbers"],
  ["presentation", "ppt pptx odp key"],
  ["file-archive", "zip rar 7z gz tar bz2 xz zst"],
  ["file-code", "js ts py php html css json xml yml yaml sql sh c h cpp java go rs rb"],
];
for (const [icon, endings] of KINDS) for (const ending of endings.split(" ")) ICONS[ending] = icon;

/** The ending of a name, without the dot; empty when there is none. @param {string} name */
export function endingOf(name) {
  const match = /\.([a-z0-9]{1,8})$/i.exec(name);
  return match ? match[1].toLowerCase() : "";
}

/** The icon for a file. @param {string} name */
export function fileIcon(name) {
  const ending = endingOf(name);
  return Object.hasOwn(ICONS, ending) ? ICONS[ending] : "file";
}
