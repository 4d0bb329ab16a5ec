// Calls of the server's widget API: JSON, the visitor's secret in a header, never a cookie.

/** A refusal: status 0 = the server was not reached; `retryAfter` in seconds, 0 = not told. */
export class Refusal extends Error {
  /** @param {number} status @param {string} code @param {string} message @param {number} [retryAfter] */
  constructor(status, code, message, retryAfter = 0) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** Does it help to try the same again later? @param {unknown} error */
export function isPassing(error) {
  // 401: the secret was forgotten meanwhile, and a new one is got with the next attempt.
  return !(error instanceof Refusal) || [0, 401, 429].includes(error.status) || error.status >= 500;
}

const BASE = "/widget/api";
/** Nobody waits for longer, ms. */
const PATIENCE = 20_000;

/**
 * @param {() => string | null} token
 * @returns {import("./types.js").Call}
 */
export function makeCall(token) {
  return async (verb, path, body) => {
    /** @type {Record<string, string>} */
    const headers = { Accept: "application/json" };
    const secret = token();
    if (secret) headers.Authorization = `Bearer ${secret}`;
    if (verb !== "GET") headers["Content-Type"] = "application/json";
    let response;
    try {
      response = await fetch(BASE + path, { method: verb, headers, credentials: "omit", cache: "no-store",
        body: verb === "GET" ? undefined : JSON.stringify(body ?? {}), signal: AbortSignal.timeout(PATIENCE) });
    } catch {
      throw new Refusal(0, "offline", "");
    }
    if (response.status === 204) return null;
    return answerOf(response.status, await response.text(), response.headers.get("Retry-After"));
  };
}

/**
 * Send a file as it is; XMLHttpRequest tells how far it has come.
 * @param {() => string | null} token
 * @returns {import("./types.js").SendFile}
 */
export function makeSendFile(token) {
  return (file, query, tell) => {
    const request = new XMLHttpRequest();
    const done = new Promise((resolve, reject) => {
      request.open("POST", `${BASE}/files?${new URLSearchParams(query)}`);
      request.setRequestHeader("Authorization", `Bearer ${token() ?? ""}`);
      request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
      request.upload.onprogress = (event) => event.lengthComputable && tell(event.loaded / event.total);
      request.onerror = () => reject(new Refusal(0, "offline", ""));
      request.onabort = () => reject(new Refusal(0, "cancelled", ""));
      request.onload = () => {
        try {
          resolve(answerOf(request.status, request.responseText, request.getResponseHeader("Retry-After")));
        } catch (error) {
          reject(error);
        }
      };
      request.send(file);
    });
    return { done, cancel: () => request.abort() };
  };
}

/** @param {number} status @param {string} text @param {string | null} retryAfter */
function answerOf(status, text, retryAfter) {
  let answer = null;
  try {
    answer = JSON.parse(text);
  } catch {
    if (status < 300) throw new Refusal(502, "failure", "");
  }
  if (status >= 200 && status < 300) return answer;
  const error = answer?.error ?? {};
  throw new Refusal(status, String(error.code ?? "failure"), String(error.message ?? ""), Number(retryAfter) || 0);
}
