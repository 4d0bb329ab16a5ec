// The visitor's talk of the widget, against a small server of its own and a network that misbehaves at will.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Refusal } from "../../src/skvorets/widget/state/api.js";
import { identify, leave, like, loadOlder, readAll, setOpen, types } from "../../src/skvorets/widget/state/deeds.js";
import { rowsOf } from "../../src/skvorets/widget/state/rows.js";
import { Talk } from "../../src/skvorets/widget/state/talk.js";

const settle = async () => { for (let turn = 0; turn < 30; turn += 1) await null; };

/** A line with one visitor, as dialects/widget answers. */
class Server {
  calls = [];
  messages = [];
  byClientId = new Map();
  token = "";
  visitor = { id: 9, name: "", email: "" };
  readId = 0;
  seenId = 0;
  isDown = false;
  /** What the next calls of a path are refused with. */
  refusals = [];
  line = { code: "c", name: "Support", color: "#1f6feb", isOpen: true, maxFileBytes: 100 };
  session = null;

  call = async (verb, path, body) => {
    this.calls.push(`${verb} ${path}`);
    await null;
    if (this.isDown) throw new Refusal(0, "offline", "");
    const refused = this.refusals.find((one) => path.startsWith(one.path));
    if (refused) {
      this.refusals.splice(this.refusals.indexOf(refused), 1);
      throw refused.error;
    }
    const [name, query] = path.split("?");
    const given = new URLSearchParams(query);
    if (name === "/hello") {
      return { line: this.line, visitor: this.token && this.memory.get("token") === this.token ? this.visitor : null,
        operator: null, session: this.session, unread: 0 };
    }
    if (name === "/visitors") {
      this.token = "secret";
      this.visitor = { id: 9, name: body.name ?? "", email: body.email ?? "" };
      return { token: "secret", visitor: this.visitor };
    }
    if (verb === "GET" && name === "/messages") return this.slice(given);
    if (verb === "POST" && name === "/messages") return this.post(body);
    if (name === "/offline") return this.post({ text: body.text, clientId: "letter" });
    return null;
  };

  slice(given) {
    const [before, after, limit] = ["before", "after", "limit"].map((one) => Number(given.get(one) ?? 0));
    let found = this.messages.filter((one) => (!before || one.id < before) && one.id > after);
    const hasMore = found.length > limit;
    found = after ? found.slice(0, limit) : found.slice(-limit);
    return { messages: found, people: { 5: { id: 5, name: "Anna" } }, hasMore, readId: this.readId, seenId: this.seenId };
  }

  post({ text, clientId }) {
    const known = this.byClientId.get(clientId);
    if (known) return known;
    const message = this.say(text, "me", 9, clientId);
    this.byClientId.set(clientId, message);
    return message;
  }

  say(text, author = "operator", authorId = 5, clientId = null) {
    const message = { id: this.messages.length + 101, author, authorId, text, clientId, createdAt: 1_000_000 + this.messages.length,
      editedAt: null, isDeleted: false, params: {}, files: [], likes: 0, isLiked: false, replyTo: null };
    this.messages.push(message);
    return message;
  }
}

function world(kept = {}) {
  const server = new Server();
  const stored = new Map(Object.entries(kept));
  const memory = { get: (name) => stored.get(name) ?? null,
    set: (name, value) => void (value === null ? stored.delete(name) : stored.set(name, structuredClone(value))) };
  server.memory = memory;
  const timers = [];
  let ids = 0;
  let listeners = null;
  const push = { isLive: true, started: 0, start: () => { push.started += 1; }, stop: () => {}, wake: () => {} };
  const uploads = [];
  const make = () => new Talk({
    call: server.call, memory, code: "c", newId: () => `id${(ids += 1)}`, now: () => 5_000_000,
    later: (ms, run) => {
      const timer = { ms, run };
      timers.push(timer);
      return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1));
    },
    openPush: (given) => { listeners = given; return push; },
    sendFile: (file, query, tell) => {
      const upload = { query, tell };
      upload.done = new Promise((resolve, reject) => Object.assign(upload, { resolve, reject }));
      uploads.push(upload);
      return { done: upload.done, cancel: () => upload.reject(new Refusal(0, "cancelled", "")) };
    },
  });
  return { server, memory, timers, push, uploads, make, get listeners() { return listeners; },
    fire: async (ms) => {
      for (const timer of timers.filter((one) => one.ms === ms)) {
        timers.splice(timers.indexOf(timer), 1);
        timer.run();
      }
      await settle();
    } };
}

const textsOf = (talk) => talk.messages.list.map((one) => one.text);

test("a stranger makes nothing on the server until he writes", async () => {
  const { server, memory, make, push } = world();
  const talk = make();
  await talk.hello();
  await talk.resume();
  assert.deepEqual(server.calls, ["POST /hello"]);
  talk.send("  hello  ");
  await settle();
  assert.equal(memory.get("token"), "secret");
  assert.deepEqual(textsOf(talk), ["hello"]);
  assert.deepEqual(talk.outbox.items, []);
  assert.equal(push.started, 1);
  assert.equal(server.calls.filter((one) => one === "POST /visitors").length, 1);
});

test("two messages at once make one visitor and keep their order", async () => {
  const { server, make } = world();
  const talk = make();
  await talk.hello();
  talk.send("one");
  talk.send("two");
  await settle();
  assert.deepEqual(server.messages.map((one) => one.text), ["one", "two"]);
  assert.equal(server.calls.filter((one) => one === "POST /visitors").length, 1);
});

test("what was not sent outlives the page and is taken once", async () => {
  const { server, make, memory } = world();
  const first = make();
  await first.hello();
  await first.come();
  server.isDown = true;
  first.send("late");
  await settle();
  assert.equal(first.isLost, true);
  assert.equal(memory.get("outbox").length, 1);
  const second = make();
  server.isDown = false;
  await second.hello();
  await second.resume();
  await settle();
  first.outbox.wake();
  await settle();
  assert.deepEqual(server.messages.map((one) => one.text), ["late"]);
  assert.equal(memory.get("outbox"), null);
});

test("a message fails after some attempts in vain, and goes when the connection is back", async () => {
  const { server, make, fire, listeners: none, ...all } = world();
  assert.equal(none, null);
  const talk = make();
  await talk.hello();
  await talk.come();
  server.isDown = true;
  talk.send("hello");
  await settle();
  for (const ms of [2_000, 5_000, 10_000]) {
    assert.equal(talk.outbox.items[0].state, "waiting");
    await fire(ms);
  }
  assert.deepEqual([talk.outbox.items[0].state, talk.outbox.items[0].reason], ["failed", "offline"]);
  server.isDown = false;
  assert.equal(all.push.isLive, true);
  talk.outbox.wake();
  await settle();
  assert.deepEqual(textsOf(talk), ["hello"]);
});

test("a refusal fails one message and lets the others go; trying again sends it", async () => {
  const { server, make } = world();
  const talk = make();
  await talk.hello();
  await talk.come();
  server.refusals.push({ path: "/messages", error: new Refusal(403, "closed", "") });
  talk.send("refused");
  await settle();
  talk.send("fine");
  await settle();
  assert.deepEqual(textsOf(talk), ["fine"]);
  const [failed] = talk.outbox.items;
  assert.deepEqual([failed.text, failed.state, failed.reason], ["refused", "failed", "closed"]);
  talk.outbox.retry(failed.clientId);
  await settle();
  assert.deepEqual(textsOf(talk), ["fine", "refused"]);
});

test("too many messages wait as long as the server says", async () => {
  const { server, make, fire } = world();
  const talk = make();
  await talk.hello();
  await talk.come();
  server.refusals.push({ path: "/messages", error: new Refusal(429, "too_many", "", 7) });
  talk.send("patient");
  await settle();
  assert.equal(talk.outbox.items[0].state, "waiting");
  await fire(7_000);
  assert.deepEqual(textsOf(talk), ["patient"]);
});

test("a secret that is worth nothing any more makes a stranger, who becomes a visitor again without losing his words", async () => {
  const { server, memory, make, fire } = world();
  const talk = make();
  await talk.hello();
  await talk.come();
  server.refusals.push({ path: "/messages", error: new Refusal(401, "wrong_token", "") });
  talk.send("still here");
  await settle();
  assert.equal(memory.get("token"), null);
  assert.equal(talk.visitor, null);
  await fire(2_000);
  assert.deepEqual(textsOf(talk), ["still here"]);
});

test("news are loaded in order, also what was written between one's own messages", async () => {
  const all = world();
  const talk = all.make();
  await talk.hello();
  await talk.come();
  all.server.say("before");
  talk.send("mine");
  await settle();
  assert.deepEqual(textsOf(talk), ["before", "mine"]);
  all.server.say("after");
  all.listeners.onEvent({ type: "message.added", data: { id: 103, author_id: 5 } });
  await settle();
  assert.deepEqual(textsOf(talk), ["before", "mine", "after"]);
  assert.equal(talk.unread, 1);
  all.server.messages[0].text = "changed";
  all.listeners.onEvent({ type: "message.changed", data: { id: 101 } });
  await settle();
  assert.equal(textsOf(talk)[0], "changed");
  all.server.messages.splice(0, 1);
  all.listeners.onEvent({ type: "message.deleted", data: { id: 101 } });
  await settle();
  assert.deepEqual(textsOf(talk), ["mine", "after"]);
});

test("where sockets are blocked the server is asked from time to time", async () => {
  const all = world();
  const talk = all.make();
  await talk.hello();
  await talk.come();
  all.push.isLive = false;
  all.server.say("quietly");
  await all.fire(30_000);
  assert.deepEqual(textsOf(talk), ["quietly"]);
  for (let at = 0; at < 50; at += 1) all.server.say(`more ${at}`);
  await all.fire(30_000);
  assert.equal(talk.messages.list.length, 51);
});

test("a returning visitor sees the newest messages and the older ones by and by", async () => {
  const all = world({ token: "secret" });
  all.server.token = "secret";
  for (let at = 0; at < 100; at += 1) all.server.say(`old ${at}`);
  const talk = all.make();
  await talk.hello();
  await talk.resume();
  assert.equal(talk.messages.list.length, 40);
  assert.equal(talk.hasMore, true);
  await loadOlder(talk);
  await loadOlder(talk);
  assert.deepEqual([talk.messages.list.length, talk.hasMore, textsOf(talk)[0]], [100, false, "old 0"]);
});

test("reading is told once and takes the unread away; the line above what is new stays while the window is open", async () => {
  const all = world();
  const talk = all.make();
  await talk.hello();
  await talk.come();
  all.server.say("one");
  all.listeners.onReset();
  await settle();
  assert.equal(talk.unread, 1);
  talk.readId = 100;
  setOpen(talk, true);
  assert.equal(talk.newAfter, 100);
  readAll(talk);
  readAll(talk);
  await settle();
  assert.equal(talk.unread, 0);
  assert.equal(all.server.calls.filter((one) => one === "POST /read").length, 1);
  setOpen(talk, false);
  assert.equal(talk.newAfter, 0);
});

test("somebody types until he is silent or has written", async () => {
  const all = world();
  const talk = all.make();
  await talk.hello();
  await talk.come();
  all.listeners.onEvent({ type: "typing.started", data: { actor_id: 9 } });
  assert.equal(talk.typing, 0); // oneself in another tab
  all.listeners.onEvent({ type: "typing.started", data: { actor_id: 5 } });
  assert.equal(talk.typing, 5);
  await all.fire(12_000);
  assert.equal(talk.typing, 0);
  all.listeners.onEvent({ type: "typing.started", data: { actor_id: 5 } });
  all.server.say("done");
  all.listeners.onEvent({ type: "message.added", data: { id: 101, author_id: 5 } });
  assert.equal(talk.typing, 0);
});

test("one's own typing is told now and then only, and never by a stranger", async () => {
  const all = world();
  const talk = all.make();
  await talk.hello();
  types(talk);
  await talk.come();
  types(talk);
  types(talk);
  await settle();
  assert.equal(all.server.calls.filter((one) => one === "POST /typing").length, 1);
});

test("files are sent after each other, can be given up, and too large ones do not leave", async () => {
  const all = world();
  const talk = all.make();
  await talk.hello();
  talk.files.add({ name: "a.txt", size: 5, type: "text/plain" });
  talk.files.add({ name: "big", size: 101, type: "" });
  await settle();
  assert.deepEqual(all.uploads.map((one) => one.query), [{ name: "a.txt", clientId: "id1" }]);
  assert.equal(talk.outbox.items[1].reason, "too_large");
  assert.equal(all.memory.get("outbox"), null); // bytes do not outlive the page
  all.uploads[0].tell(0.5);
  assert.equal(talk.outbox.items[0].upload.share, 0.5);
  all.uploads[0].resolve(all.server.say("", "me", 9, "id1"));
  await settle();
  talk.files.add({ name: "b.txt", size: 5, type: "text/plain" });
  await settle();
  talk.files.cancel("id3");
  await settle();
  assert.deepEqual(talk.outbox.items.map((one) => one.upload.name), ["big"]);
});

test("a like is shown at once and taken back when it was refused", async () => {
  const all = world();
  const talk = all.make();
  await talk.hello();
  await talk.come();
  all.server.say("nice");
  await talk.loadNewer();
  all.server.refusals.push({ path: "/messages/101/like", error: new Refusal(404, "no_such_message", "") });
  const done = like(talk, talk.messages.list[0]);
  assert.deepEqual([talk.messages.list[0].isLiked, talk.messages.list[0].likes], [true, 1]);
  await done;
  assert.deepEqual([talk.messages.list[0].isLiked, talk.messages.list[0].likes], [false, 0]);
});

test("who the page says he is, is told when he comes, and when it changes", async () => {
  const all = world();
  const talk = all.make();
  await talk.hello();
  await identify(talk, { name: " Ann ", email: "" });
  assert.deepEqual(all.server.calls, ["POST /hello"]);
  talk.send("hi");
  await settle();
  assert.equal(talk.visitor.name, "Ann");
  await identify(talk, { name: "Ann" });
  assert.equal(all.server.calls.includes("PATCH /me"), false);
  await identify(talk, { name: "Anna" });
  assert.equal(all.server.calls.includes("PATCH /me"), true);
});

test("a letter while nobody is there makes a visitor of its author", async () => {
  const all = world();
  const talk = all.make();
  await talk.hello();
  await leave(talk, { name: "Ann", email: "ann@example.com", text: " call me " });
  assert.deepEqual(textsOf(talk), ["call me"]);
  assert.equal(talk.visitor.email, "ann@example.com");
});

test("rows: days, groups, what is new, what is on its way", () => {
  const day = 24 * 3_600_000;
  const message = (id, author, createdAt) => ({ id, author, authorId: author === "me" ? 9 : 5, createdAt, clientId: null });
  const messages = [message(1, "me", day), message(2, "operator", day + 1_000), message(3, "operator", day + 2_000),
    message(4, "operator", day + 600_000), message(5, "operator", 3 * day)];
  const rows = rowsOf({ messages, pending: [{ clientId: "x", at: 3 * day + 5 }], newAfter: 3 });
  assert.deepEqual(rows.map((row) => row.key), ["day1", "m1", "m2", "m3", "new", "m4", "day5", "m5", "mx"]);
  const shape = rows.filter((row) => row.kind === "message").map((row) => [row.message.id, row.isFirst, row.isLast]);
  assert.deepEqual(shape, [[1, true, true], [2, true, false], [3, false, true], [4, true, true], [5, true, true]]);
});
