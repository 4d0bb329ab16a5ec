// Customers of open lines in the messenger: how their conversations stand, who waits, what operators say among themselves.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { added, asked, chat, message, on, person, reset, settle } from "./fake_server.mjs";
import { filledAnswer, fittingAnswers } from "../../src/skvorets/client/lib/canned.js";
import { clockWords } from "../../src/skvorets/client/lib/durations.js";
import { beginningAt } from "../../src/skvorets/client/lib/mentions.js";
import { itemsOf } from "../../src/skvorets/client/lib/timeline_items.js";
import { chats, myId, people, take } from "../../src/skvorets/client/state/directory.js";
import { onAlert } from "../../src/skvorets/client/state/events/alerts.js";
import { handle } from "../../src/skvorets/client/state/events/all.js";
import { isForMe, toneOf, waitsSince } from "../../src/skvorets/client/state/line_talks.js";
import {
  act, answersOf, forgetLines, hasLines, keepAnswer, loadLines, myLines, otherLines, pauseLine, waitingCount, waitingElsewhere,
} from "../../src/skvorets/client/state/lines.js";
import { composingOf, forgetComposing } from "../../src/skvorets/client/state/composing.js";
import { outbox } from "../../src/skvorets/client/state/outbox.js";
import { filter, shown } from "../../src/skvorets/client/state/recents.js";
import { dropTimelines, timelineOf } from "../../src/skvorets/client/state/timelines.js";

const HIDDEN = "bx-messenger-content-item-system";

function line(changes = {}) {
  return {
    lineId: 1, lineName: "Support", status: 0, operatorId: 0, botId: 0, startedAt: 10, queuedAt: 20, takenAt: 0, clientWroteAt: 30,
    closedAt: 0, isSilent: false, isPinned: false, isOffered: false, awaitsVote: false, vote: 0,
    client: { id: 5, name: "Ivan" }, can: {}, ...changes,
  };
}

function lineChat(id, changes = {}, mine = {}) {
  return chat(id, { kind: "line", line: line(changes) }, mine);
}

beforeEach(() => {
  reset();
  chats.clear();
  people.clear();
  dropTimelines();
  forgetComposing();
  forgetLines();
  outbox.value = [];
  myId.value = 9;
  filter.value = "all";
  take({ people: [person(9), person(2)] });
});

test("how a conversation stands is told from its status and who has it", () => {
  const tones = [
    [{ isOffered: true }, "offered"], [{}, "waiting"], [{ queuedAt: 0, botId: 7 }, "bot"],
    [{ operatorId: 9, status: 10 }, "taken"], [{ operatorId: 9, status: 20 }, "asked"], [{ operatorId: 9, status: 25 }, "asked"],
    [{ operatorId: 9, status: 40 }, "answered"], [{ operatorId: 2, status: 40 }, "other"],
    [{ operatorId: 9, status: 50 }, "ending"], [{ operatorId: 9, status: 60, closedAt: 70 }, "closed"],
  ];
  for (const [changes, tone] of tones) assert.equal(toneOf(line(changes)), tone);
});

test("one waits since one came to people, and then since one's last word", () => {
  assert.equal(waitsSince(line()), 20);
  assert.equal(waitsSince(line({ operatorId: 9, status: 25 })), 30);
  assert.equal(waitsSince(line({ operatorId: 9, status: 40 })), 0);
  assert.equal(waitsSince(line({ queuedAt: 0, botId: 7 })), 0);
  assert.equal(waitsSince(line({ closedAt: 70 })), 0);
  assert.deepEqual([isForMe(line()), isForMe(line({ operatorId: 2, status: 20 })), isForMe(null)], [true, false, false]);
});

test("lines have a list of their own: who waits longest comes first", () => {
  take({ chats: [
    chat(1), lineChat(2, { operatorId: 9, status: 40 }), lineChat(3, { queuedAt: 90 }), lineChat(4, { queuedAt: 50 }), lineChat(5, { closedAt: 1 })] });
  filter.value = "lines";
  assert.deepEqual(shown.value.map((one) => one.id), [4, 3, 2, 5]);
  filter.value = "groups";
  assert.deepEqual(shown.value.map((one) => one.id), [1]);
  filter.value = "all";
  assert.equal(shown.value.length, 5);
  assert.deepEqual([hasLines.value, waitingCount.value], [true, 2]);
});

test("what waits elsewhere is asked for line by line, and goes when it is taken", async () => {
  on("GET /api/lines", () => ({ lines: [{ id: 1, waiting: 1 }, { id: 2, waiting: 0 }], others: [{ id: 3, name: "Sales" }] }));
  on("GET /api/lines/1/waiting", () => ({ chats: [lineChat(7, {}, { isMember: false })], people: [] }));
  on("POST /api/chats/7/line/take", () => ({ chat: lineChat(7, { operatorId: 9, status: 10 }), people: [] }));
  await loadLines();
  assert.deepEqual([waitingElsewhere.value.map((one) => one.id), waitingCount.value], [[7], 1]);
  assert.deepEqual([otherLines.value.length, asked.map((one) => one.path)], [1, ["/api/lines", "/api/lines/1/waiting"]]);
  assert.equal(shown.value.length, 0); // not among one's own
  await act(7, "take");
  assert.deepEqual([waitingElsewhere.value.length, shown.value.map((one) => one.id)], [0, [7]]);
});

test("a chat that is not shown to the operator any more goes", async () => {
  take({ chats: [lineChat(7)] });
  on("POST /api/chats/7/line/transfer", () => ({ chat: null, people: [] }));
  await act(7, "transfer", { personId: 2 });
  assert.deepEqual([chats.peek(7), asked[0].given], [undefined, { personId: 2 }]);
});

test("a pause is shown at once and taken back when it is refused", async () => {
  myLines.value = [{ id: 1, isPaused: false }];
  on("PATCH /api/lines/1/me", () => {
    throw { status: 503, code: "busy" };
  });
  const pausing = pauseLine(1, true);
  assert.equal(myLines.value[0].isPaused, true);
  await assert.rejects(pausing);
  assert.equal(myLines.value[0].isPaused, false);
});

test("who is offered a customer hears it once", async () => {
  /** @type {any[]} */
  const heard = [];
  onAlert((alert) => heard.push([alert.chatId, alert.author, alert.isOffer]));
  on("GET /api/chats/7", () => ({ chat: lineChat(7, { isOffered: true }), people: [] }));
  const event = { type: "line.session", data: { chat_id: 7, change: "offered" } };
  await handle(event);
  await handle(event);
  assert.deepEqual(heard, [[7, "Ivan", true]]);
});

test("who loses a customer may still read what was said, if he serves the line", async () => {
  take({ chats: [lineChat(7), lineChat(8)] });
  on("GET /api/chats/7", () => ({ chat: lineChat(7, { closedAt: 5 }, { isMember: false }), people: [] }));
  for (const chatId of [7, 8]) await handle({ type: "members.left", data: { chat_id: chatId, person_ids: [9] } });
  assert.equal(chats.peek(7).mine.isMember, false);
  assert.equal(chats.peek(8), undefined);
});

test("whispers come as such, elsewhere the same class is nothing of the kind", async () => {
  take({ chats: [chat(1), lineChat(7)] });
  on("GET /api/chats/\\d+/messages", () => ({ messages: [], people: [], hasOlder: false, hasNewer: false, seenId: 0 }));
  for (const chatId of [1, 7]) {
    await timelineOf(chatId).loadNewest();
    await handle(added(5, { chat_id: chatId, params: { CLASS: HIDDEN } }));
  }
  await handle(added(6, { chat_id: 7, author_id: 0, params: { CLASS: HIDDEN } }));
  const [plain, whisper, system] = [timelineOf(1).find(5), timelineOf(7).find(5), timelineOf(7).find(6)];
  assert.deepEqual([plain.isWhisper, whisper.isWhisper, whisper.isSystem], [false, true, false]);
  assert.deepEqual([system.isWhisper, system.isSystem], [false, true]);
});

test("a whisper stands apart from what its author said aloud", () => {
  const messages = [message(1), message(2, { isWhisper: true }), message(3)];
  const items = itemsOf({ messages, entries: [], dividerId: 0, me: 9, hasOlder: false }).filter((one) => one.kind === "message");
  assert.deepEqual(items.map((one) => [one.isHead, one.isTail]), [[true, true], [true, true], [true, true]]);
});

test("what is whispered is sent as a whisper, also when it waited", async () => {
  take({ chats: [lineChat(7)] });
  on("POST /api/chats/7/messages", (given) => ({ message: message(4, { chatId: 7, clientId: given.clientId, isWhisper: true }), people: [] }));
  on("PUT /api/chats/7/draft", () => null);
  const composing = composingOf(7);
  composing.isWhisper.value = true;
  composing.text.value = "he was rude";
  await composing.finish();
  composing.isWhisper.value = false;
  composing.text.value = "good day";
  await composing.finish();
  await settle();
  await settle();
  const posts = asked.filter((one) => one.verb === "POST");
  assert.deepEqual(posts.map((one) => [one.given.text, one.given.isWhisper]), [["he was rude", true], ["good day", undefined]]);
});

test("the customer is not told that a whisper is being written", async () => {
  take({ chats: [lineChat(7)] });
  on("POST /api/chats/7/typing", () => null);
  on("PUT /api/chats/7/draft", () => null);
  const composing = composingOf(7);
  composing.isWhisper.value = true;
  composing.write("he was");
  composing.isWhisper.value = false;
  await settle();
  assert.equal(asked.filter((one) => one.path.endsWith("/typing")).length, 0);
  composing.write("good");
  await settle();
  assert.equal(asked.filter((one) => one.path.endsWith("/typing")).length, 1);
});

test("canned answers are found by title and text, kept for a while, and filled in", async () => {
  const all = [{ title: "Greeting", text: "Hello, {name}!" }, { title: "Hours", text: "From 9 to 18, hello" }];
  assert.deepEqual(fittingAnswers(all, "hours").map((one) => one.title), ["Hours"]);
  assert.deepEqual(fittingAnswers(all, "hello").map((one) => one.title), ["Greeting", "Hours"]);
  assert.deepEqual([fittingAnswers(all, "").length, fittingAnswers(all, "zzz").length], [2, 0]);
  assert.equal(filledAnswer("Hello, {name}! {name}$&", "A$&B"), "Hello, A$&B! A$&B$&");
  on("GET /api/lines/1/answers", () => ({ answers: all }));
  on("POST /api/lines/1/answers", () => ({}));
  await answersOf(1);
  await answersOf(1);
  await keepAnswer(1, { id: 0, title: "", text: "Bye" });
  await answersOf(1);
  assert.deepEqual(asked.map((one) => one.verb), ["GET", "POST", "GET"]);
});

test("two slashes begin a canned answer, an address does not", () => {
  assert.deepEqual(beginningAt("//", 2), { sign: "//", start: 0, words: "" });
  assert.deepEqual(beginningAt("Yes. //good da", 14), { sign: "//", start: 5, words: "good da" });
  assert.equal(beginningAt("https://shop", 12), null);
  assert.deepEqual(beginningAt("/help", 5), { sign: "/", start: 0, words: "help" });
});

test("a time that passes is written as a clock does", () => {
  assert.deepEqual([-5, 0, 5_999, 65_000, 3_600_000 + 62_000].map(clockWords), ["0:00", "0:00", "0:05", "1:05", "1:01:02"]);
});
