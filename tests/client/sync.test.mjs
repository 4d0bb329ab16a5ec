// The first load and the one after a gap (state/sync.js).

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { added, chat, on, person, reset, settle } from "./fake_server.mjs";
import { chats, me } from "../../src/skvorets/client/state/directory.js";
import { settings } from "../../src/skvorets/client/state/preferences.js";
import { listed } from "../../src/skvorets/client/state/recents.js";
import { connection, end, onEvent, onReset, onState, start } from "../../src/skvorets/client/state/sync.js";

/** The server's chats, newest first. */
let all = [];

beforeEach(() => {
  reset();
  end();
  all = Array.from({ length: 250 }, (_, at) => chat(at + 1, { lastAt: 1000 - at }));
  const page = (given) => {
    const offset = Number(given.offset ?? 0);
    return { chats: all.slice(offset, offset + 100), hasMore: all.length > offset + 100, people: [] };
  };
  on("GET /api/start", (given) => ({
    ...page(given), me: person(9), position: "0-17", counters: { chats: 1, unread: 2, notifications: 3 },
  }));
  on("GET /api/chats", page);
  on("GET /api/settings", () => ({ sendKey: "ctrlEnter" }));
});

test("the first page comes at once, the rest behind it", async () => {
  assert.equal(await start(), "0-17");
  assert.equal(listed.value.length, 100);
  assert.equal(me.value.id, 9);
  await settle();
  assert.equal(listed.value.length, 250);
  assert.equal(settings.value.sendKey, "ctrlEnter");
});

test("after a gap what is gone goes, what is new comes", async () => {
  await start();
  await settle();
  all = all.filter((one) => one.id !== 200).concat([chat(900)]);
  onReset();
  await settle();
  await settle();
  assert.equal(chats.peek(200), undefined);
  assert.equal(chats.peek(900).id, 900);
  assert.equal(listed.value.length, 250);
});

test("events wait for what came before them", async () => {
  await start();
  await settle();
  onReset();
  onEvent(added(5, { chat_id: 3 }));
  await settle();
  await settle();
  assert.equal(chats.peek(3).mine.unread, 1);
});

test("the state of the connection is told", () => {
  onState("offline");
  assert.equal(connection.value, "offline");
  onState("live");
  assert.equal(connection.value, "live");
});
