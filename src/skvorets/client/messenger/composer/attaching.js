// Files to be sent: taken from the disk, the clipboard or the mouse; what is too large is refused at once.

import { formatSize, t } from "../../i18n.js";
import { toast } from "../parts/toast.js";
import { session } from "../session.js";

/** So many files go with one message. */
const MOST = 100;

/**
 * @param {{ composing: import("../../state/composing.js").Composing }} desk
 * @param {Iterable<File>} given
 */
export function attachFiles({ composing }, given) {
  const files = [...given];
  const most = session.peek()?.portal.maxFileBytes ?? 0;
  const tooLarge = files.filter((one) => most > 0 && one.size > most);
  // A folder that was dropped looks like a file without contents and type.
  const good = files.filter((one) => !tooLarge.includes(one) && (one.size > 0 || one.type !== ""));
  const room = MOST - composing.files.peek().length;
  if (good.length > 0) composing.attach(good.slice(0, room).map(named));
  if (tooLarge.length > 0) {
    toast(t("composer.too_large", { name: tooLarge[0].name, count: tooLarge.length, size: formatSize(most) }), { isBad: true });
  } else if (good.length > room) toast(t("composer.too_many", { count: MOST }), { isBad: true });
  else if (good.length < files.length) toast(t("composer.no_folders"), { isBad: true });
}

/** Pictures from the clipboard are all called image.png: the time tells them apart. @param {File} file */
function named(file) {
  if (file.name !== "image.png") return file;
  const time = new Date().toISOString().slice(0, 19).replaceAll(":", "-").replace("T", " ");
  return new File([file], `${t("composer.picture")} ${time}.png`, { type: file.type });
}
