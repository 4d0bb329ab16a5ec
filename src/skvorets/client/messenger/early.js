// What the messenger asks for first, asked while its other modules are still on their way: the page loads this file by itself.

// The page has more files than browsers note by themselves; the worker is told of all of them (see web_push.js).
performance.setResourceTimingBufferSize(1000);

/** @type {Map<string, Promise<Response>>} */
const asked = new Map(["/api/session", "/api/start?limit=100"].map((address) => [address, ask(address)]));

/**
 * The answer that was asked for, once; undefined for everything else.
 * @param {string} address
 */
export function takeEarly(address) {
  const found = asked.get(address);
  asked.delete(address);
  return found;
}

/** @param {string} address */
function ask(address) {
  const answer = fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store" });
  answer.catch(() => undefined); // whoever takes it hears of it
  return answer;
}
