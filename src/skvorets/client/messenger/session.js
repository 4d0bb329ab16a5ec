// Who is logged in in this browser, in which language and colours everything is shown.

import { call } from "../api.js";
import { nextTheme } from "../dev/theme.js";
import { preferredLanguage, speak } from "../i18n.js";
import { settings } from "../state/preferences.js";
import { end } from "../state/sync.js";
import { effect, signal } from "../ui.js";
import { unsubscribe } from "../web_push.js";
import { words } from "./words.js";

/** @type {import("../ui.js").Signal<import("../api.js").Session | null>} */
export const session = signal(null);
/** Everything is drawn anew when this changes. */
export const language = signal(preferredLanguage());

/** Speak and look as this person wants it, from the first moment and whenever he changes it. */
export function followSettings() {
  const unknown = settings.peek();
  effect(() => {
    const { theme, language: own } = settings.value;
    if (settings.value !== unknown) {
      nextTheme(theme === "system" ? "auto" : theme);
      keepLanguage(own);
    }
    language.value = preferredLanguage(own);
    speak(language.peek(), words);
  });
}

/** Leave; the next one at this browser finds nothing of it. */
export async function logOut() {
  await unsubscribe().catch(() => undefined);
  await call("DELETE", "/api/session").catch(() => undefined);
  session.value = null;
  end();
  location.assign("/");
}

/** The log-in page and the first moment speak it, too. @param {string} own */
function keepLanguage(own) {
  if (own) localStorage.setItem("language", own);
  else localStorage.removeItem("language");
}
