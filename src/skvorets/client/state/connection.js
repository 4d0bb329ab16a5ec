// The socket that tells what happens, kept open through bad networks: nothing is lost, nothing is told twice.
//
//   start ──► connecting ──hello──► live ──closed, silent──► offline ──1 … 30 s, or wake()──► connecting …
//
// The place in the server's log up to which events were handed over is given back as `since` when the socket is opened
// again; what comes at or before that place was handed over already and is left out. When the server cannot tell what
// was missed (`reset`), or nothing is known yet (start without a place), `onReset` says: load everything anew. What
// happened after that moment comes as events. No DOM here: push.js hands in sockets, tickets and the time.

import { comparePositions, isPosition, laterPosition } from "../lib/positions.js";
import { readFrame } from "../lib/push_frames.js";

/** @typedef {"connecting" | "live" | "offline"} State
 * @typedef {import("../lib/push_frames.js").Frame} PushEvent
 * @typedef {{ ticket: string, address: string }} Ticket
 * @typedef {{ close: () => void }} Socket
 * @typedef {{ onMessage: (text: string) => void, onClose: () => void }} SocketEvents
 * @typedef {object} Parts
 * @property {(address: string, query: { ticket: string, since?: string }, events: SocketEvents) => Socket} openSocket
 * @property {() => Promise<Ticket>} getTicket rejects with { status: 401 } when nobody is logged in any more
 * @property {() => number} now milliseconds that go on while the machine sleeps
 * @property {() => number} random from 0 up to 1
 * @property {(ms: number, run: () => void) => () => void} later runs once, unless the answer is called before
 * @property {(event: PushEvent) => void} onEvent
 * @property {() => void} onReset
 * @property {(state: State) => void} [onState]
 * @property {() => void} [onLoggedOut]
 */

/** Between attempts, milliseconds: at least, at first at most, at most. */
const [SHORTEST, FIRST_LONGEST, LONGEST] = [1_000, 2_000, 30_000];
/** The server speaks every 25 s; who is silent for so long is gone, milliseconds. */
const DEAD_AFTER = 60_000;
/** After a sleep less patience is due: one heartbeat and some delay. */
const DOUBTFUL_AFTER = 35_000;
/** An attempt must have come to `hello` by then. */
const PATIENCE = 20_000;
/** Whoever stays for so long has a good connection: the next pauses begin short again. */
const STEADY_AFTER = 10_000;

export class Connection {
  /** @type {State} */
  state = "offline";
  /** Everything up to here was handed over; empty = nothing is known yet. */
  position = "";
  #isWanted = false;
  #failures = 0;
  /** Number of the attempt: what belongs to an older one is not heard any more. */
  #attempt = 0;
  #heardAt = 0;
  #liveSince = 0;
  /** @type {Socket | null} */
  #socket = null;
  /** @type {() => void} */
  #cancel = () => {};
  /** @type {Parts} */
  #parts;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * Begin. With a place (of what was loaded already) events after it come; without one `onReset` comes first.
   * @param {string} [position]
   */
  start(position = "") {
    this.#isWanted = true;
    this.position = isPosition(position) ? position : "";
    this.#failures = 0;
    this.#connect();
  }

  /** End for good. */
  stop() {
    this.#isWanted = false;
    this.#drop();
    this.#become("offline");
  }

  /** The network is back, or the page is looked at again: come again at once, and doubt what was silent for long. */
  wake() {
    if (!this.#isWanted) return;
    if (this.state !== "offline" && this.#parts.now() - this.#heardAt < DOUBTFUL_AFTER) return;
    this.#failures = 0;
    this.#connect();
  }

  /** The network is gone: do not wait for the silence to be noticed. */
  lose() {
    if (this.#isWanted && this.state !== "offline") this.#fail();
  }

  #connect() {
    this.#drop();
    const attempt = this.#attempt;
    this.#become("connecting");
    this.#heardAt = this.#parts.now();
    this.#watch(PATIENCE);
    this.#parts.getTicket().then(
      (ticket) => attempt === this.#attempt && this.#open(ticket, attempt),
      (error) => attempt === this.#attempt && this.#refused(error),
    );
  }

  /**
   * @param {Ticket} ticket
   * @param {number} attempt
   */
  #open({ ticket, address }, attempt) {
    const query = this.position ? { ticket, since: this.position } : { ticket };
    this.#socket = this.#parts.openSocket(address, query, {
      onMessage: (text) => attempt === this.#attempt && this.#hear(text),
      onClose: () => attempt === this.#attempt && this.#fail(),
    });
  }

  /** @param {{ status?: number }} error */
  #refused(error) {
    if (error.status !== 401) return this.#fail();
    this.stop();
    this.#parts.onLoggedOut?.();
  }

  /** @param {string} text */
  #hear(text) {
    this.#heardAt = this.#parts.now();
    const frame = readFrame(text);
    if (frame === null) return;
    if (frame.type === "hello") this.#greet(frame.position);
    else if (frame.type === "reset") this.#reset(frame.position);
    else if (frame.type === "heartbeat") this.position = laterPosition(this.position, frame.position);
    else this.#tell(frame);
  }

  /** @param {string} position */
  #greet(position) {
    this.#liveSince = this.#parts.now();
    this.#watch(DEAD_AFTER);
    this.#become("live");
    if (this.position === "") this.#reset(position);
    else this.position = laterPosition(this.position, position);
  }

  /**
   * Also to an earlier place: the log of a restored server begins anew.
   * @param {string} position
   */
  #reset(position) {
    this.position = position;
    this.#parts.onReset();
  }

  /** @param {PushEvent} event */
  #tell(event) {
    if (this.position !== "" && comparePositions(event.position, this.position) <= 0) return;
    this.position = event.position;
    this.#parts.onEvent(event);
  }

  #fail() {
    const wasSteady = this.state === "live" && this.#parts.now() - this.#liveSince >= STEADY_AFTER;
    this.#failures = wasSteady ? 0 : this.#failures;
    this.#drop();
    this.#become("offline");
    // Jitter over the whole span: after a restart of the server not everybody comes at the same moment.
    const longest = Math.min(LONGEST, FIRST_LONGEST * 2 ** this.#failures);
    this.#failures += 1;
    const pause = SHORTEST + this.#parts.random() * (longest - SHORTEST);
    this.#cancel = this.#parts.later(pause, () => this.#connect());
  }

  /**
   * Give the socket up when it is silent for too long.
   * @param {number} patience
   */
  #watch(patience) {
    this.#cancel();
    const rest = this.#heardAt + patience - this.#parts.now();
    this.#cancel = rest > 0 ? this.#parts.later(rest, () => this.#watch(patience)) : () => {};
    if (rest <= 0) this.#fail();
  }

  /** Hear nothing more of what is open or under way. */
  #drop() {
    this.#attempt += 1;
    this.#cancel();
    this.#cancel = () => {};
    this.#socket?.close();
    this.#socket = null;
  }

  /** @param {State} state */
  #become(state) {
    if (this.state === state) return;
    this.state = state;
    this.#parts.onState?.(state);
  }
}
