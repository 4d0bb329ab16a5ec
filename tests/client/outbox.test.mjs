// Messages on their way (state/outbox.js): in order, once each, kept until the server has them.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { asked, chat, message, on, reset, settle } from "./fake_server.mjs";
import { chats, myId } from "../../src/skvorets/client/state/directory.js";
import { handle } from "../../src/skvorets/client/state/events/all.js";
import { discard, flush, openOutbox, outbox, retry, send } from "../../src/skvorets/client/state/outbox.js";
import { added } from "./fake_server.mjs";

/** @type {Map<string, any>} what the browser keeps */
const kept = new Map();
let uploaded = 0;
const platform = {
  keep: async (entry) => void kept.set(entry.clientId, structuredClone(entry)),
  forget: async (clientId) => void kept.delete(clientId),
  load: async () => [...kept.values()],
  upload: async (_chatId, _file, onProgress) => {
    onProgress(0.5);
    uploaded += 1;
    return { id: 700 + uploaded };
  },
};
const posts = () => asked.filter((one) => one.verb === "POST");

mock.timers.enable({ apis: ["setTimeout"] });

beforeEach(async () => {
  reset();
  kept.clear();
  uploaded = 0;
  outbox.value = [];
  chats.clear();
  chats.set(1, chat(1));
  myId.value = 9;
  await openOutbox(platform);
});

let next = 100;
function accept() {
  on("POST /api/chats/1/messages", (given) => {
    next += 1;
    return { message: message(next, { authorId: 9, text: given.text, clientId: given.clientId }), people: [] };
  });
}

test("messages of a chat go one after another and are forgotten when they are there", async () => {
  accept();
  await send(1, { text: "one" });
  await send(1, { text: "two" });
  assert.equal(kept.size, 2);
  await settle();
  assert.deepEqual(posts().map((one) => one.given.text), ["one", "two"]);
  assert.equal(outbox.value.length, 0);
  assert.equal(kept.size, 0);
  assert.equal(chats.peek(1).last.text, "two");
});

test("without a connection they wait, and go under the same id", async () => {
  on("POST /api/chats/1/messages", () => { throw "offline"; });
  await send(1, { text: "hello" });
  await settle();
  assert.equal(outbox.value[0].state, "pending");
  assert.equal(kept.size, 1);
  reset();
  accept();
  const { clientId } = outbox.value[0];
  flush();
  await settle();
  assert.equal(posts()[0].given.clientId, clientId);
  assert.equal(outbox.value.length, 0);
});

test("a lost answer is made good by the event", async () => {
  on("POST /api/chats/1/messages", () => { throw "offline"; });
  await send(1, { text: "hello" });
  await settle();
  await handle(added(300, { author_id: 9, actor_id: 9, client_id: outbox.value[0].clientId }));
  assert.equal(outbox.value.length, 0);
});

test("what is refused fails, holds nobody up, and can be tried again or given up", async () => {
  on("POST /api/chats/1/messages", ({ text }) => {
    if (text === "bad") throw { status: 403, code: "cannot_write" };
    return { message: message(400, { clientId: "x" }), people: [] };
  });
  await send(1, { text: "bad" });
  await send(1, { text: "good" });
  await settle();
  const [bad] = outbox.value;
  assert.deepEqual([bad.text, bad.state, bad.refusal], ["bad", "failed", "cannot_write"]);
  assert.deepEqual(posts().map((one) => one.given.text), ["bad", "good"]);
  reset();
  accept();
  retry(bad.clientId);
  await settle();
  assert.equal(posts()[0].given.clientId, bad.clientId);
  await discard(bad.clientId);
  assert.equal(kept.has(bad.clientId), false);
});

test("a server in trouble is asked again after a while", async () => {
  on("POST /api/chats/1/messages", () => { throw { status: 503, code: "failure" }; });
  await send(1, { text: "later" });
  await settle();
  assert.equal(posts().length, 1);
  mock.timers.tick(3000);
  await settle();
  assert.equal(posts().length, 2);
});

test("files go up first, once each, also when the message has to be sent again", async () => {
  on("POST /api/chats/1/messages", () => { throw "offline"; });
  await send(1, { text: "", files: [new File(["abc"], "a.txt"), new File(["d"], "b.txt")] });
  await settle();
  assert.equal(uploaded, 2);
  flush();
  await settle();
  assert.equal(uploaded, 2);
  assert.deepEqual(posts().at(-1).given.fileIds, [701, 702]);
});

test("a reload goes on with what was left", async () => {
  on("POST /api/chats/1/messages", () => { throw "offline"; });
  await send(1, { text: "kept" });
  await settle();
  outbox.value = [];
  reset();
  accept();
  await openOutbox(platform);
  await settle();
  assert.deepEqual(posts().map((one) => one.given.text), ["kept"]);
});
