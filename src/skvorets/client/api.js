// Calls of the native API: JSON in, JSON out, the session by cookie, the forgery token in a header.

/** A refusal: status, a stable code, words for people. Status 0 = the server was not reached. */
export class ApiError extends Error {
  /**
   * @param {number} status
   * @param {string} code
   * @param {string} message
   */
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

let token = "";
/** @type {(address: string) => Promise<Response> | undefined} answers that were asked for before */
let early = () => undefined;

/**
 * Take answers to the first calls from where they were asked for already.
 * @param {(address: string) => Promise<Response> | undefined} take
 */
export function expectEarly(take) {
  early = take;
}

/** What a request that changes something must carry in X-CSRF-Token. */
export function forgeryToken() {
  return token;
}

/**
 * Who is logged in; null when nobody is.
 * @returns {Promise<Session | null>}
 */
export async function loadSession() {
  try {
    const session = /** @type {Session} */ (await call("GET", "/api/session"));
    token = session.csrfToken;
    return session;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

/**
 * Call the API. Throws ApiError.
 * @param {"GET" | "POST" | "PUT" | "PATCH" | "DELETE"} verb
 * @param {string} path
 * @param {Record<string, unknown>} [given] the body, or the query of a GET
 * @returns {Promise<any>}
 */
export async function call(verb, path, given) {
  const query = verb === "GET" && given ? "?" + new URLSearchParams(plain(given)) : "";
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json" };
  if (verb !== "GET") {
    headers["Content-Type"] = "application/json";
    headers["X-CSRF-Token"] = token;
  }
  const body = verb === "GET" ? undefined : JSON.stringify(given ?? {});
  let response;
  try {
    const known = verb === "GET" ? early(path + query) : undefined;
    response = await (known ?? fetch(path + query, { method: verb, headers, body, credentials: "same-origin", cache: "no-store" }));
  } catch {
    throw new ApiError(0, "offline", "The server cannot be reached.");
  }
  if (response.status === 204) return null;
  const answer = await response.json().catch(() => null);
  if (response.ok) return answer;
  const error = answer?.error ?? {};
  throw new ApiError(response.status, error.code ?? "failure", error.message ?? response.statusText);
}

/**
 * What is not given does not go into the query.
 * @param {Record<string, unknown>} given
 * @returns {Record<string, string>}
 */
function plain(given) {
  const kept = Object.entries(given).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}

/**
 * @typedef {{ id: number, name: string, firstName: string, lastName: string, avatar: string, language: string,
 *   isAdmin: boolean, isExtranet: boolean }} Me
 * @typedef {{ me: Me, portal: { url: string, language: string, maxFileBytes: number },
 *   csrfToken: string }} Session
 */
