// What the rest of the browser knows of the messenger: the worker, web push, the number on the tab and on the app.

import { setBadge } from "../badge.js";
import { unreadNotices } from "../state/notices.js";
import { unreadTotal } from "../state/recents.js";
import { effect } from "../ui.js";
import { clearShown, onOpen, renew, startWorker } from "../web_push.js";
import { place, readAddress } from "./router.js";
import { session } from "./session.js";

/** Begin; the page does it once. */
export function followNews() {
  void startWorker();
  onOpen((path) => {
    history.pushState(null, "", path);
    void readAddress();
  });
  effect(() => setBadge(session.value ? unreadTotal.value + unreadNotices.value : 0));
  effect(() => {
    const me = session.value?.me;
    if (me) renew(me.id).catch((error) => console.warn(error));
  });
  effect(() => {
    const { chatId } = place.value;
    if (chatId) void clearShown(`chat${chatId}`);
  });
}
