// The connection against a server and a network that misbehave at will, on a clock of our own.

import assert from "node:assert/strict";
import { test } from "node:test";

import { comparePositions } from "../../src/skvorets/client/lib/positions.js";
import { Connection } from "../../src/skvorets/client/state/connection.js";

const settle = async () => { for (let turn = 0; turn < 5; turn += 1) await null; };

/** Time that passes when told so. */
class Clock {
  now = 1_000_000;
  timers = [];
  later = (ms, run) => {
    const timer = { at: this.now + ms, run };
    this.timers.push(timer);
    return () => { this.timers = this.timers.filter((one) => one !== timer); };
  };
  async pass(ms) {
    const end = this.now + ms;
    for (;;) {
      const next = this.timers.filter((one) => one.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.now = Math.max(this.now, next.at);
      this.timers = this.timers.filter((one) => one !== next);
      next.run();
      await settle();
    }
    this.now = end;
  }
  /** The machine sleeps: time goes on, timers do not. */
  sleep(ms) {
    this.now += ms;
    this.timers.forEach((one) => { one.at += ms; });
  }
}

/** A log of events and sockets that read it, as realtime/hub.py does. */
class Server {
  log = [];
  sockets = [];
  isReachable = true;
  status = 0;
  tickets = 0;
  firstKept = 0;
  era = 0;
  get head() { return `${this.era}-${this.log.length}`; }
  getTicket = async () => {
    this.tickets += 1;
    if (this.status) throw { status: this.status };
    if (!this.isReachable) throw { status: 0 };
    return { ticket: `t${this.tickets}`, address: "/push/ws" };
  };
  openSocket = (address, query, { onMessage, onClose }) => {
    assert.equal(address, "/push/ws");
    assert.equal(query.ticket, `t${this.tickets}`);
    const socket = { isOpen: true, since: query.since, onMessage, onClose, close() { this.isOpen = false; } };
    this.sockets.push(socket);
    return socket;
  };
  get socket() { return this.sockets.at(-1); }
  greet(socket = this.socket) {
    const say = (type, position) => this.say(socket, { type, position });
    const [era, id] = (socket.since ?? this.head).split("-").map(Number);
    const isKnown = era === this.era && id >= this.firstKept && id <= this.log.length;
    const missed = isKnown ? this.log.slice(id) : [];
    say("hello", socket.since && missed.length ? socket.since : this.head);
    if (!isKnown) say("reset", this.head);
    missed.forEach((event) => this.say(socket, event));
    socket.isGreeted = true;
  }
  say(socket, frame) { if (socket.isOpen) socket.onMessage(JSON.stringify(frame)); }
  happen() {
    const id = this.log.length + 1;
    const event = { type: "message.added", position: `${this.era}-${id}`, chatId: 5, at: 0, data: { id } };
    this.log.push(event);
    this.sockets.filter((one) => one.isOpen && one.isGreeted).forEach((one) => this.say(one, event));
  }
  beat() { this.sockets.filter((one) => one.isGreeted).forEach((one) => this.say(one, { type: "heartbeat", position: this.head })); }
  cut(socket = this.socket) {
    if (!socket?.isOpen) return;
    socket.isOpen = false;
    socket.onClose();
  }
}

function make(random = () => 0.5) {
  const clock = new Clock(), server = new Server();
  const heard = [], states = [];
  const counts = { resets: 0, loggedOut: 0 };
  const connection = new Connection({
    openSocket: server.openSocket, getTicket: server.getTicket, now: () => clock.now, random, later: clock.later,
    onEvent: (event) => heard.push(event.data.id),
    onReset: () => { counts.resets += 1; },
    onState: (state) => states.push(state),
    onLoggedOut: () => { counts.loggedOut += 1; },
  });
  return { clock, server, heard, states, counts, connection };
}

async function live(position = "0-0", random) {
  const made = make(random);
  made.connection.start(position);
  await settle();
  made.server.greet();
  return made;
}

test("it begins after what was loaded, and hears what happens", async () => {
  const made = make();
  made.server.happen();
  made.server.happen();
  made.connection.start("0-1");
  assert.deepEqual(made.states, ["connecting"]);
  await settle();
  assert.equal(made.server.socket.since, "0-1");
  made.server.greet();
  made.server.happen();
  assert.deepEqual(made.heard, [2, 3]);
  assert.deepEqual(made.states, ["connecting", "live"]);
  assert.equal(made.connection.position, "0-3");
  assert.equal(made.counts.resets, 0);
});

test("without a place everything is loaded anew, once", async () => {
  const made = make();
  made.connection.start();
  await settle();
  assert.equal(made.server.socket.since, undefined);
  made.server.greet();
  assert.equal(made.counts.resets, 1);
  made.server.cut();
  await made.clock.pass(2_000);
  made.server.greet();
  assert.equal(made.counts.resets, 1);
});

test("after a cut it comes again with the place and hears what was missed once", async () => {
  const made = await live();
  made.server.happen();
  made.server.cut();
  assert.equal(made.connection.state, "offline");
  made.server.happen();
  await made.clock.pass(999);
  assert.equal(made.server.sockets.length, 1);
  await made.clock.pass(1_001);
  assert.equal(made.server.socket.since, "0-1");
  made.server.greet();
  made.server.say(made.server.socket, made.server.log[0]);
  made.server.say(made.server.socket, made.server.log[1]);
  assert.deepEqual(made.heard, [1, 2]);
  assert.equal(made.connection.state, "live");
});

test("a gap that cannot be told is a reset, also when the log began anew", async () => {
  const made = await live();
  for (let count = 0; count < 5; count += 1) made.server.happen();
  made.server.cut();
  made.server.era = 0;
  made.server.log = made.server.log.slice(0, 2);
  await made.clock.pass(2_000);
  made.server.greet();
  assert.deepEqual([made.counts.resets, made.connection.position], [1, "0-2"]);
  made.server.happen();
  assert.deepEqual(made.heard, [1, 2, 3, 4, 5, 3]);
});

test("pauses grow from one second to thirty, with jitter, and begin short again after a steady time", async () => {
  for (const random of [() => 0, () => 0.999999]) {
    const made = await live("0-0", random);
    await made.clock.pass(10_000);
    const pauses = [];
    made.server.isReachable = false;
    made.server.cut();
    for (let count = 0; count < 8; count += 1) {
      const before = made.server.tickets, from = made.clock.now;
      while (made.server.tickets === before) await made.clock.pass(250);
      pauses.push(made.clock.now - from);
    }
    if (random() === 0) assert.ok(pauses.every((one) => one === 1_000), pauses);
    else assert.deepEqual(pauses, [2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000]);
    made.server.isReachable = true;
    while (made.connection.state !== "connecting" || !made.server.socket.isOpen) await made.clock.pass(250);
    made.server.greet();
    await made.clock.pass(10_000);
    made.server.cut();
    await made.clock.pass(2_000);
    assert.equal(made.connection.state, "connecting");
  }
});

test("a server that takes and drops us at once is not asked every second", async () => {
  const made = await live("0-0", () => 1);
  for (let count = 0; count < 5; count += 1) {
    made.server.cut();
    await made.clock.pass(30_000);
    made.server.greet();
  }
  const sockets = made.server.sockets.length;
  made.server.cut();
  await made.clock.pass(29_000);
  assert.equal(made.server.sockets.length, sockets);
});

test("a socket silent for a minute is dead; heartbeats keep it", async () => {
  const made = await live();
  for (let count = 0; count < 4; count += 1) {
    await made.clock.pass(25_000);
    made.server.beat();
  }
  assert.equal(made.server.sockets.length, 1);
  await made.clock.pass(59_000);
  assert.equal(made.connection.state, "live");
  await made.clock.pass(1_000);
  assert.equal(made.connection.state, "offline");
  assert.equal(made.server.sockets[0].isOpen, false);
  made.server.happen();
  await made.clock.pass(2_000);
  made.server.greet();
  assert.deepEqual(made.heard, [1]);
});

test("heartbeats carry the place on, never back", async () => {
  const made = await live("0-0");
  made.server.say(made.server.socket, { type: "heartbeat", position: "0-7" });
  assert.equal(made.connection.position, "0-7");
  made.server.say(made.server.socket, { type: "heartbeat", position: "0-3" });
  assert.equal(made.connection.position, "0-7");
});

test("an attempt that comes to nothing is given up", async () => {
  const made = make();
  made.connection.start("0-0");
  await settle();
  await made.clock.pass(20_000); // no hello
  assert.equal(made.connection.state, "offline");
  await made.clock.pass(2_000);
  assert.equal(made.server.sockets.length, 2);
});

test("waking comes again at once, but not when all is well", async () => {
  const made = await live();
  made.connection.wake();
  assert.equal(made.server.sockets.length, 1);
  made.server.isReachable = false;
  made.connection.lose();
  assert.equal(made.connection.state, "offline");
  await made.clock.pass(20_000);
  made.server.isReachable = true;
  const before = made.server.tickets;
  made.connection.wake();
  made.connection.wake();
  await settle();
  assert.equal(made.server.tickets, before + 1);
  made.server.greet();
  assert.equal(made.connection.state, "live");
});

test("after a sleep of the machine a silent socket is not trusted", async () => {
  const made = await live();
  made.clock.sleep(3_600_000);
  made.connection.wake();
  await settle();
  assert.equal(made.server.sockets.length, 2);
  assert.equal(made.server.sockets[0].isOpen, false);
});

test("who was logged out is told so and asks no more", async () => {
  const made = await live();
  made.server.status = 401;
  made.server.cut();
  await made.clock.pass(2_000);
  assert.deepEqual([made.counts.loggedOut, made.connection.state], [1, "offline"]);
  const { tickets } = made.server;
  made.connection.wake();
  await made.clock.pass(100_000);
  assert.equal(made.server.tickets, tickets);
});

test("a stopped connection stays stopped, whatever comes late", async () => {
  const made = await live();
  const [socket] = made.server.sockets;
  made.connection.stop();
  socket.onMessage(JSON.stringify({ type: "message.added", position: "0-1", chatId: 5, at: 0, data: { id: 1 } }));
  socket.onClose();
  await made.clock.pass(100_000);
  assert.deepEqual([made.heard, made.server.sockets.length, made.clock.timers.length], [[], 1, 0]);
  made.connection.start("0-0");
  made.connection.stop();
  await settle();
  assert.equal(made.server.sockets.length, 1);
});

test("nonsense on the wire harms nothing", async () => {
  const made = await live();
  for (const text of ["", "{", "null", "[]", '{"type":5}', '{"type":"message.added"}', '{"type":"message.added","position":"x"}']) {
    made.server.socket.onMessage(text);
  }
  made.server.happen();
  assert.deepEqual(made.heard, [1]);
});

test("whatever the network does, each event is heard once and in order", async () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    let state = seed * 2654435761 % 2 ** 32;
    const random = () => { // xorshift
      state ^= state << 13; state ^= state >>> 17; state ^= state << 5;
      return (state >>> 0) / 2 ** 32;
    };
    const made = make(random);
    made.connection.start("0-0");
    for (let step = 0; step < 120; step += 1) {
      const dice = random();
      const { socket } = made.server;
      if (dice < 0.35) made.server.happen();
      else if (dice < 0.45) made.server.cut();
      else if (dice < 0.55) await made.clock.pass(random() * 40_000);
      else if (dice < 0.6) made.server.isReachable = !made.server.isReachable;
      else if (dice < 0.65) made.connection.wake();
      else if (dice < 0.7) made.connection.lose();
      else if (dice < 0.75) { made.clock.sleep(random() * 100_000); made.connection.wake(); }
      else if (dice < 0.8) made.server.beat();
      else if (dice < 0.84 && socket && made.server.log.length) made.server.say(socket, made.server.log[Math.floor(random() * made.heard.length)]);
      else if (dice < 0.88 && socket) { // half a catch-up, then the line is cut
        const at = Number((socket.since ?? "0-0").slice(2));
        if (!socket.isGreeted) {
          made.server.say(socket, { type: "hello", position: socket.since ?? "0-0" });
          made.server.log.slice(at, at + 2).forEach((event) => made.server.say(socket, event));
          made.server.cut(socket);
        }
      } else if (socket && socket.isOpen && !socket.isGreeted) made.server.greet();
      await settle();
      assert.ok(made.server.sockets.filter((one) => one.isOpen).length <= 1, "one socket at a time");
      assert.ok(made.clock.timers.length <= 1, "one timer at a time");
    }
    made.server.isReachable = true;
    for (let tries = 0; made.heard.length < made.server.log.length && tries < 10; tries += 1) {
      await made.clock.pass(61_000);
      if (made.server.socket?.isOpen && !made.server.socket.isGreeted) made.server.greet();
    }
    assert.deepEqual(made.heard, made.server.log.map((event) => event.data.id), `seed ${seed}`);
    assert.equal(made.counts.resets, 0, `seed ${seed}`);
    if (made.server.log.length) assert.ok(comparePositions(made.connection.position, made.server.head) === 0);
  }
});
