// What the messenger does for the frames of applications.

import { AppFrame } from "../../frames/host.js";
import { selectAccess, selectUsers } from "../../frames/picker.js";
import { openSlider } from "../../frames/slider.js";
import { t } from "../../i18n.js";
import { nameOf, knowPeople } from "../../state/directory.js";
import { openEntry } from "../../state/places.js";
import { openDialog } from "../chat/context.js";
import { attempt, toast } from "../parts/toast.js";
import { closeChat } from "../router.js";

/** @typedef {import("../../frames/host.js").Opened} Opened */
/** @typedef {import("../../frames/host.js").Surroundings} Surroundings */

/**
 * What the place itself gives.
 * @typedef {object} Place
 * @property {() => void} close
 * @property {() => void} reload
 * @property {(title: string) => void} [setTitle]
 * @property {boolean} [isOver] it lies over the messenger: it goes when a dialog is opened
 * @property {Record<string, (params: any) => unknown>} [placementCommands]
 */

/**
 * @param {Place} place
 * @returns {Surroundings}
 */
export function surroundingsOf({ isOver = false, ...place }) {
  /** @param {string} dialogId */
  function show(dialogId) {
    if (isOver) place.close();
    if (dialogId) openDialog(dialogId.replace(/^sg/, "chat"));
    else closeChat();
  }
  return {
    ...place,
    openDialog: show,
    openHistory: show,
    openPath: (path) => openPath(path, show),
    call: (userId) => void tellOfCall(userId),
    phone: (number) => toast(t("chat.no_calls", { number })),
    selectUsers,
    selectAccess,
    selectCrm: () => ({}),
    openFrame: openOver,
  };
}

/**
 * Slide an entry over the page: what the menu of a message opens.
 * @param {import("../../state/places.js").Entry} entry
 * @param {{ dialogId?: string, messageId?: number }} where
 */
export async function slideEntry(entry, where) {
  const opened = await attempt(() => openEntry(entry.id, where));
  if (opened) await slide(opened, opened.title, 0, () => void slideEntry(entry, where));
}

/**
 * A frame of the same application over the one that asks.
 * @param {Opened} opened
 * @param {Record<string, any>} settings width, title
 */
function openOver(opened, settings) {
  return slide(opened, String(settings.title ?? opened.title), Number(settings.width) || 0, () => undefined);
}

/**
 * @param {Opened} opened
 * @param {string} title
 * @param {number} width pixels, 0 = nearly all
 * @param {() => void} again opens the same anew
 */
async function slide(opened, title, width, again) {
  const slider = openSlider(title, width);
  const reload = () => {
    slider.close();
    again();
  };
  const around = surroundingsOf({ close: slider.close, reload, setTitle: slider.setTitle, isOver: true });
  const frame = new AppFrame(slider.element, opened, around);
  frame.open();
  await slider.closed;
  frame.close();
}

/**
 * Pages of the portal: a dialog opens here, everything else beside.
 * @param {string} path
 * @param {(dialogId: string) => void} show
 */
function openPath(path, show) {
  const target = new URL(path, location.origin);
  if (!path.startsWith("/") || target.origin !== location.origin) return { result: "error", errorCode: "PATH_NOT_AVAILABLE" };
  const dialogId = target.searchParams.get("IM_DIALOG") ?? /^\/im\/((?:chat)?\d+)/.exec(target.pathname)?.[1];
  if (dialogId) show(dialogId);
  else window.open(target, "_blank", "noopener");
  return { result: "close" };
}

/** @param {number} userId */
async function tellOfCall(userId) {
  await knowPeople([userId]).catch(() => undefined);
  toast(t("chat.no_calls", { number: nameOf(userId) || userId }));
}
