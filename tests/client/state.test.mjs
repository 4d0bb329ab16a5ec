// What events do to what is shown: counters as the server counts them, the list in its order.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { added, asked, chat, message, on, person, reset, settle } from "./fake_server.mjs";
import { chats, knowPeople, myId, people, take } from "../../src/skvorets/client/state/directory.js";
import { onAlert } from "../../src/skvorets/client/state/events/alerts.js";
import { handle } from "../../src/skvorets/client/state/events/all.js";
import { filter, isBot, listed, neighbour, shown, unreadTotal } from "../../src/skvorets/client/state/recents.js";
import { timelineOf, dropTimelines } from "../../src/skvorets/client/state/timelines.js";
import { typing } from "../../src/skvorets/client/state/typing.js";

const mine = () => chats.peek(1).mine;

beforeEach(() => {
  reset();
  chats.clear();
  people.clear();
  dropTimelines();
  myId.value = 9;
  filter.value = "all";
  take({ people: [person(9), person(2)], chats: [chat(1)] });
});

test("others' messages are counted, one's own and silent ones are not", async () => {
  await handle(added(5));
  await handle(added(6));
  assert.deepEqual([mine().unread, mine().firstUnreadId], [2, 5]);
  await handle(added(7, { params: { NOTIFY: "N" } }));
  assert.equal(mine().unread, 2);
  await handle(added(8, { author_id: 9, actor_id: 9 }));
  assert.deepEqual([mine().unread, mine().firstUnreadId, mine().readId], [0, 0, 8]);
});

test("an event that was in the first load already is not counted twice", async () => {
  chats.set(1, chat(1, { lastSeq: 6 }, { unread: 1 }));
  await handle(added(6));
  assert.equal(mine().unread, 1);
});

test("reading elsewhere, by oneself and by others", async () => {
  await handle(added(5));
  await handle({ type: "dialog.read", data: { chat_id: 1, reader_id: 9, message_id: 5, unread: 0 } });
  assert.deepEqual([mine().unread, mine().readId], [0, 5]);
  await handle({ type: "dialog.read", data: { chat_id: 1, reader_id: 2, message_id: 5, unread: 0 } });
  assert.equal(chats.peek(1).seenId, 5);
});

test("a message with files is loaded as the server shows it", async () => {
  on("GET /api/messages/5", () => ({ message: message(5, { files: [{ id: 3 }] }), people: [person(2)] }));
  on("GET /api/chats/1/messages", () => ({ messages: [], people: [], hasOlder: false, hasNewer: false, seenId: 0 }));
  const timeline = timelineOf(1);
  await timeline.loadNewest();
  await handle(added(5, { params: { FILE_ID: [3] } }));
  assert.equal(timeline.find(5).files[0].id, 3);
  assert.equal(chats.peek(1).last.files.length, 1);
});

test("changes, likes and deletions reach the timeline and the list", async () => {
  on("GET /api/chats/1/messages", () => ({ messages: [message(5)], people: [], hasOlder: false, hasNewer: false, seenId: 0 }));
  const timeline = timelineOf(1);
  await timeline.loadNewest();
  chats.change(1, { last: message(5) });
  await handle({ type: "message.changed", data: { id: 5, chat_id: 1, edited_at: 77, text: "new", params: null } });
  assert.deepEqual([timeline.find(5).text, chats.peek(1).last.text, timeline.find(5).editedAt], ["new", "new", 77]);
  await handle({ type: "message.liked", data: { id: 5, chat_id: 1, likes: [2, 9] } });
  assert.deepEqual(timeline.find(5).likes, [2, 9]);
  await handle({ type: "message.deleted", data: { id: 5, chat_id: 1, is_complete: false } });
  assert.deepEqual([timeline.find(5).isDeleted, timeline.find(5).text], [true, ""]);
  on("GET /api/chats/1", () => ({ chat: chat(1), people: [] }));
  await handle({ type: "message.deleted", data: { id: 5, chat_id: 1, is_complete: true } });
  assert.equal(timeline.find(5), undefined);
});

test("whoever leaves loses the chat, whoever joins gets it", async () => {
  await handle({ type: "members.left", data: { chat_id: 1, person_ids: [9] } });
  assert.equal(chats.peek(1), undefined);
  on("GET /api/chats/4", () => ({ chat: chat(4), people: [] }));
  await handle({ type: "members.joined", data: { chat_id: 4, person_ids: [9] } });
  assert.equal(chats.peek(4).title, "Chat 4");
});

test("the list: pinned first, then the newest; hidden ones and strangers' are not in it", () => {
  take({ chats: [
    chat(2, { lastAt: 500 }), chat(3, { lastAt: 100 }, { pinnedAt: 1 }), chat(4, { lastAt: 900 }, { isHidden: true }),
    chat(5, { lastAt: 800 }, { isMember: false }), chat(6, { kind: "private", partnerId: 2, lastAt: 700 }),
  ] });
  assert.deepEqual(listed.value.map((one) => one.id), [3, 2, 1]);
  chats.change(6, { last: message(60) });
  assert.deepEqual(listed.value.map((one) => one.id), [3, 6, 2, 1]);
});

test("filters, totals and neighbours", () => {
  isBot.value = (id) => people.get(id)?.kind === "bot";
  take({ people: [person(3, { kind: "bot" })], chats: [
    chat(2, { kind: "private", partnerId: 3, last: message(20), lastAt: 50 }, { unread: 4 }),
    chat(3, { kind: "private", partnerId: 2, last: message(30), lastAt: 40 }, { unread: 3, isMuted: true }),
    chat(4, { lastAt: 30 }, { isMarkedUnread: true }),
  ] });
  const found = (wanted) => { filter.value = wanted; return shown.value.map((one) => one.id); };
  assert.deepEqual(found("bots"), [2]);
  assert.deepEqual(found("people"), [3]);
  assert.deepEqual(found("groups"), [4, 1]);
  assert.deepEqual(found("unread"), [2, 3, 4]);
  assert.equal(unreadTotal.value, 5);
  assert.deepEqual(found("all"), [2, 3, 4, 1]);
  assert.equal(neighbour(2, 1, false), 3);
  assert.equal(neighbour(2, -1, false), 1);
  assert.equal(neighbour(1, 1, true), 2);
  assert.equal(neighbour(0, 1, false), 2);
});

test("who writes is shown until his message", async () => {
  await handle({ type: "typing.started", data: { chat_id: 1, actor_id: 2 } });
  assert.deepEqual(typing.peek(1), [2]);
  await handle(added(5));
  assert.deepEqual(typing.peek(1), []);
});

test("a noise is made for others' messages, not for muted chats", async () => {
  const heard = [];
  onAlert((alert) => heard.push(alert.messageId));
  await handle(added(5));
  await handle(added(6, { author_id: 9, actor_id: 9 }));
  chats.set(1, chat(1, {}, { isMuted: true }));
  await handle(added(7));
  assert.deepEqual(heard, [5]);
});

test("people are asked for once", async () => {
  on("GET /api/people", ({ ids }) => ({ people: ids.split(",").map((id) => person(Number(id))) }));
  await Promise.all([knowPeople([20, 21]), knowPeople([21, 20, 2])]);
  await settle();
  assert.deepEqual(asked.map((one) => one.given.ids), ["20,21"]);
});

test("an event that cannot be handled stops nothing", async () => {
  const { warn } = console;
  console.warn = () => undefined;
  await handle(added(5, { params: { FILE_ID: [1] } }));
  console.warn = warn;
  await handle(added(6));
  assert.equal(chats.peek(1).last.id, 6);
  await handle({ type: "of.another.version", data: {} });
});
