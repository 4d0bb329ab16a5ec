// The wire between a frame and the window around it: who is there, messages out, answers in, the first question.
//
//   out  COMMAND:PARAMS:KEY:APP_SID     (an object for commands with a colon in their name)
//   in   KEY:JSON
//
// The files of this folder are served as one classic script at /api/v1/ and /client/bx24/bx24.js, in the order bridge,
// forms, rest, library, elements and inside of one function: their names are common to all four and hidden from the page.
// Source: spec bitrix24-imbot §13.

/** @typedef {(answer?: any) => void} Callback */

/** Commands whose parameter is a text as it stands. */
const RAW_COMMANDS = ["setValue"];
/** How long before its end an access token is renewed, milliseconds. */
const RENEWAL_MS = 10_000;

const opened = readOpened();
/** @type {Map<string, { callback: Callback, isKept: boolean }>} */
const waitingForAnswer = new Map();
/** @type {Record<string, any> | null} */
let initData = null;
let tokenEnd = 0; // milliseconds
let hasAsked = false;
/** @type {Array<() => void>} */
let waitingForData = [];
/** @type {Callback[]} */
let waitingForToken = [];
let messageCount = 0;

/** What the window around says of itself: in the name of the frame, or in its address. */
function readOpened() {
  const query = new URLSearchParams(location.search);
  const named = window.name.split("|");
  const given = named.length === 3 ? named : ["DOMAIN", "PROTOCOL", "APP_SID"].map((name) => query.get(name) ?? "");
  const [domain = "", protocol = "", sid = ""] = given;
  const isSecure = protocol === "1" || protocol.toLowerCase() === "https";
  const host = domain.replace(isSecure ? /:443$/ : /:80$/, "");
  return { domain, sid, lang: query.get("LANG") ?? "", origin: `${isSecure ? "https" : "http"}://${host}` };
}

/**
 * Tell the window around something; `callback` gets its answer, again and again when it is kept.
 * @param {string} command
 * @param {any} [params]
 * @param {Callback} [callback]
 * @param {boolean} [isKept]
 */
function tellParent(command, params, callback, isKept = false) {
  messageCount += 1;
  const key = `bx${messageCount}${Math.random().toString(36).slice(2)}`;
  if (callback) waitingForAnswer.set(key, { callback, isKept });
  if (window.parent === window || !opened.domain) return;
  window.parent.postMessage(written(command, params, key), opened.origin);
}

/**
 * @param {string} command
 * @param {any} params
 * @param {string} key
 */
function written(command, params, key) {
  if (command.includes(":")) return { method: command, params: params ?? "", callback: key, appSid: opened.sid };
  const isRaw = RAW_COMMANDS.includes(command) && params !== undefined && params !== null;
  const text = isRaw ? String(params.value ?? params) : params === undefined ? "" : JSON.stringify(params);
  return [command, text, key, opened.sid].filter((part, at) => at !== 1 || part).join(":");
}

window.addEventListener("message", (event) => {
  if (event.source !== window.parent || event.origin !== opened.origin || typeof event.data !== "string") return;
  const colon = event.data.indexOf(":");
  const key = event.data.slice(0, colon);
  const waiting = waitingForAnswer.get(key);
  if (colon < 0 || !waiting) return;
  if (!waiting.isKept) waitingForAnswer.delete(key);
  const json = event.data.slice(colon + 1);
  waiting.callback(json ? JSON.parse(json) : undefined);
});

/**
 * Do something once the window around has told who we are.
 * @param {() => void} action
 */
function afterInit(action) {
  if (initData) {
    action();
    return;
  }
  waitingForData.push(action);
  if (hasAsked) return;
  hasAsked = true;
  tellParent("getInitData", undefined, (answer) => {
    initData = { ...answer };
    takeTokens(answer);
    const actions = waitingForData;
    waitingForData = [];
    actions.forEach((each) => each());
  });
}

/** @param {Record<string, any>} answer */
function takeTokens(answer) {
  if (!initData) return;
  initData.AUTH_ID = answer.AUTH_ID;
  initData.REFRESH_ID = answer.REFRESH_ID;
  tokenEnd = Date.now() + Number(answer.AUTH_EXPIRES) * 1000;
}

/** The tokens as programs want them; false before `init` and after their end. */
function currentAuth() {
  if (!initData || Date.now() >= tokenEnd) return false;
  return {
    access_token: initData.AUTH_ID,
    refresh_token: initData.REFRESH_ID,
    expires_in: tokenEnd,
    domain: initData.DOMAIN,
    member_id: initData.MEMBER_ID,
  };
}

/**
 * Get fresh tokens; who asks while others wait, waits with them.
 * @param {Callback} [callback]
 */
function renewTokens(callback) {
  afterInit(() => {
    waitingForToken.push(callback ?? (() => undefined));
    if (waitingForToken.length > 1) return;
    tellParent("refreshAuth", {}, (answer) => {
      takeTokens(answer);
      const callbacks = waitingForToken;
      waitingForToken = [];
      callbacks.forEach((each) => each(currentAuth()));
    });
  });
}

/** Is the token good for another call? */
function hasFreshToken() {
  return Date.now() < tokenEnd - RENEWAL_MS;
}
