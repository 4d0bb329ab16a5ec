// Calls of REST methods with the person's token: one renewal when it has expired, lists page by page, batches.

/** @typedef {{ result?: any, error?: string, error_description?: string, next?: number, total?: number, time?: any }} RestBody */

/** Codes that a fresh token may mend. */
const TOKEN_ERRORS = ["expired_token", "invalid_token"];

/** A refusal: `ex` as it was answered, the HTTP status, a text. */
class CallError {
  /**
   * @param {number} status
   * @param {{ error: string, error_description: string }} ex
   */
  constructor(status, ex) {
    this.status = status;
    this.ex = ex;
  }

  getError() {
    return this.ex;
  }

  getStatus() {
    return this.status;
  }

  toString() {
    return `${this.ex.error}${this.ex.error_description ? `: ${this.ex.error_description}` : ""} (${this.status})`;
  }
}

/** What the callback of a call gets. */
class CallResult {
  /**
   * @param {number} status
   * @param {RestBody} answer
   * @param {{ method: string, params: Record<string, any>, callback?: Callback }} query
   */
  constructor(status, answer, query) {
    this.status = status;
    this.answer = answer;
    this.query = query;
  }

  data() {
    return this.answer.result;
  }

  error() {
    const { error, error_description: text } = this.answer;
    return error === undefined ? undefined : new CallError(this.status, { error, error_description: text ?? "" });
  }

  error_description() {
    return this.answer.error_description;
  }

  more() {
    return Number.isFinite(Number(this.answer.next ?? Number.NaN));
  }

  total() {
    return Number.parseInt(String(this.answer.total), 10);
  }

  time() {
    return this.answer.time;
  }

  /**
   * Ask for the next page; false when there is none.
   * @param {Callback} [callback] instead of the one that got this page
   */
  next(callback) {
    if (!this.more()) return false;
    const { method, params } = this.query;
    return callMethod(method, { ...params, start: this.answer.next }, callback ?? this.query.callback);
  }
}

/**
 * @param {string} method
 * @param {Record<string, any> | null} [params]
 * @param {Callback} [callback] gets a CallResult
 * @returns {XMLHttpRequest}
 */
function callMethod(method, params, callback) {
  const request = new XMLHttpRequest();
  const query = { method, params: params ?? {}, callback };
  afterInit(() => {
    withElements(query.params).then((plain) => {
      const begin = () => post(request, method, plain, (status, body) => finish(status, body, true));
      /** @type {(status: number, body: RestBody, mayRenew: boolean) => void} */
      const finish = (status, body, mayRenew) => {
        if (mayRenew && TOKEN_ERRORS.includes(body.error ?? "")) {
          renewTokens(() => post(request, method, plain, (again, answer) => finish(again, answer, false)));
        } else {
          callback?.(new CallResult(status, body, query));
        }
      };
      if (hasFreshToken()) begin();
      else renewTokens(begin);
    });
  });
  return request;
}

/**
 * @param {XMLHttpRequest} request
 * @param {string} method
 * @param {Record<string, any>} params
 * @param {(status: number, body: RestBody) => void} done
 */
function post(request, method, params, done) {
  const data = /** @type {Record<string, any>} */ (initData);
  request.open("POST", `${opened.origin}${data.PATH}/${encodeURIComponent(method)}.json`);
  request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
  request.onload = () => done(request.status, parsed(request.responseText));
  request.onerror = () => done(0, { error: "NETWORK_ERROR", error_description: "The portal cannot be reached." });
  request.send(formOf({ ...params, auth: data.AUTH_ID }));
}

/**
 * @param {string} text
 * @returns {RestBody}
 */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return { error: "ERROR_UNEXPECTED_ANSWER", error_description: "The answer is no JSON." };
  }
}

/**
 * @param {Record<string, any> | any[]} calls [method, params] or {method, params} each
 * @param {Callback} [callback] gets the CallResults under the same keys
 * @param {boolean} [haltsOnError]
 */
function callBatch(calls, callback, haltsOnError = false) {
  const isList = Array.isArray(calls);
  const named = Object.entries(calls).map(([key, call]) => {
    const [method, params] = Array.isArray(call) ? call : [call.method, call.params];
    return { key, method: String(method), params: params ?? {} };
  });
  const cmd = Object.fromEntries(named.map(({ key, method, params }) => [key, `${method}?${formOf(params)}`]));
  callMethod("batch", { halt: haltsOnError ? 1 : 0, cmd }, (/** @type {CallResult} */ whole) => {
    const found = whole.data() ?? {};
    /** @type {any} */
    const results = isList ? [] : {};
    for (const query of named) {
      const of = (/** @type {string} */ part) => found[part]?.[query.key];
      const refusal = whole.error()?.ex ?? of("result_error") ?? {};
      const told = { next: of("result_next"), total: of("result_total"), time: of("result_time") };
      results[query.key] = new CallResult(whole.status, { result: of("result"), ...told, ...refusal }, query);
    }
    callback?.(results);
  });
}
