// The first thing in the frame: asks for the line's looks, so that the page around can show its button. The rest is
// loaded when somebody comes near the button, opens it, or has talked here before.

import { Host, wordOf } from "./host.js";
import { memoryOf } from "./memory.js";
import { makeCall, makeSendFile } from "./state/api.js";
import { buttonWords } from "./words.js";
import { inkOn, languageOf } from "./looks.js";

/** @typedef {import("./state/types.js").Hello} Hello */

const code = decodeURIComponent(location.pathname.split("/")[2] ?? "");
const memory = memoryOf(code);
const token = () => memory.get("token");
const call = makeCall(token);
const host = new Host();
/** Between attempts to reach the server, ms. */
const AGAIN_MS = 30_000;

const page = { url: "", title: "" };
let wished = "";
/** @type {Hello | null} */
let hello = null;
let isGreeted = false;
/** @type {Promise<import("./app.js").App> | null} */
let app = null;

function load() {
  app ??= import("./app.js").then(({ startApp }) => startApp({ code, memory, call, sendFile: makeSendFile(token), host, page,
    language: languageOf(hello?.line.language, wished), hello }));
  return app;
}

/** @param {import("./host.js").Word} word */
function hear(word) {
  if (word.skvorets === "page") {
    page.url = wordOf(word.url);
    page.title = wordOf(word.title, 300);
    wished = wordOf(word.language, 20);
    if (isGreeted) void app?.then((it) => it.hear(word));
    else void greet();
    return;
  }
  if (word.skvorets === "close" && !app) return;
  void load().then((it) => it.hear(word));
}

async function greet() {
  isGreeted = true;
  let given;
  try {
    given = await call("POST", "/hello", { line: code, language: languageOf("", wished), page });
  } catch (error) {
    const { status } = /** @type {import("./state/api.js").Refusal} */ (error);
    if (status === 401 && token()) memory.set("token", null);
    else if (status === 404) return host.say("gone");
    setTimeout(greet, status === 401 ? 0 : AGAIN_MS);
    return;
  }
  const { line, unread } = (hello = /** @type {Hello} */ (given));
  const isOpen = isMarkedOpen();
  const words = buttonWords(languageOf(line.language, wished));
  host.say("looks", { color: line.color, ink: inkOn(line.color), side: line.side, title: line.name, ...words, isOpen });
  host.say("unread", { count: unread });
  if (isOpen || token() || !host.isFramed) await load();
}

function isMarkedOpen() {
  try {
    return sessionStorage.getItem(`skvorets.${code}.open`) === "1";
  } catch {
    return false;
  }
}

host.listen(hear);
if (!host.isFramed) void greet();
