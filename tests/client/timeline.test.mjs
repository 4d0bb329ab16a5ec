// The window of a chat's history (state/timeline.js): no holes, no doubles, whatever comes while it is loaded.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { message, on, reset, settle } from "./fake_server.mjs";
import { KEPT, MOST, PAGE, Timeline } from "../../src/skvorets/client/state/timeline.js";

const ids = (timeline) => timeline.messages.value.map((one) => one.id);

/** A chat with messages 1 … last on the server. */
function serve(last) {
  on("GET /api/chats/1/messages", ({ before, after, around, limit }) => {
    const all = Array.from({ length: last() }, (_, at) => at + 1);
    const count = Number(limit);
    let part;
    if (before) part = all.filter((id) => id < before).slice(-count);
    else if (after) part = all.filter((id) => id > after).slice(0, count);
    else if (around) part = all.filter((id) => Math.abs(id - around) <= count / 2);
    else part = all.slice(-count);
    return {
      messages: part.map((id) => message(id)), people: [], seenId: 0,
      hasOlder: part[0] > 1, hasNewer: part.at(-1) < last(),
    };
  });
}

beforeEach(reset);

test("it grows at both ends without holes", async () => {
  serve(() => 500);
  const timeline = new Timeline(1);
  await timeline.loadAround(250);
  assert.equal(timeline.find(250).id, 250);
  await timeline.loadOlder();
  await timeline.loadNewer();
  const found = ids(timeline);
  assert.deepEqual(found, Array.from({ length: found.length }, (_, at) => found[0] + at));
  assert.ok(found.length > 2 * PAGE);
  while (timeline.hasNewer.value) await timeline.loadNewer();
  while (timeline.hasOlder.value) await timeline.loadOlder();
  assert.equal(timeline.messages.value.length, 500);
});

test("what comes while a page is loaded is not lost", async () => {
  let last = 10;
  serve(() => last);
  const timeline = new Timeline(1);
  const loading = timeline.loadNewest();
  timeline.put(message(11));
  await loading;
  assert.deepEqual(ids(timeline), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

test("news behind a window that ends in the past are not taken", async () => {
  serve(() => 500);
  const timeline = new Timeline(1);
  await timeline.loadAround(100);
  timeline.put(message(501));
  assert.equal(timeline.find(501), undefined);
  timeline.put(message(100, { text: "changed" }));
  assert.equal(timeline.find(100).text, "changed");
});

test("an answer that was overtaken by another jump changes nothing", async () => {
  serve(() => 500);
  const timeline = new Timeline(1);
  const slow = timeline.loadAround(100);
  const quick = timeline.loadNewest();
  await Promise.all([slow, quick]);
  assert.equal(ids(timeline).at(-1), 500);
  assert.equal(timeline.loading.value, "");
});

test("it stays small however much is received", async () => {
  serve(() => 50);
  const timeline = new Timeline(1);
  await timeline.loadNewest();
  for (let id = 51; id <= 10_000; id += 1) {
    timeline.put(message(id));
    timeline.trim();
  }
  assert.ok(timeline.messages.value.length <= KEPT);
  assert.equal(ids(timeline).at(-1), 10_000);
  assert.equal(timeline.hasOlder.value, true);
});

test("a failed load can be tried again", async () => {
  on("GET /api/chats/1/messages", () => { throw "offline"; });
  const timeline = new Timeline(1);
  await assert.rejects(timeline.loadNewest());
  assert.equal(timeline.loading.value, "");
  reset();
  serve(() => 3);
  await timeline.loadNewest();
  await settle();
  assert.deepEqual(ids(timeline), [1, 2, 3]);
});

test("who goes far back leaves the newest behind, and comes back to them", async () => {
  serve(() => 3000);
  const timeline = new Timeline(1);
  await timeline.loadNewest();
  for (let turn = 0; turn < 30; turn += 1) await timeline.loadOlder();
  assert.equal(timeline.messages.value.length, MOST);
  assert.deepEqual([timeline.hasOlder.value, timeline.hasNewer.value], [true, true]);
  for (let turn = 0; turn < 60; turn += 1) await timeline.loadNewer();
  assert.deepEqual([ids(timeline)[0], ids(timeline).at(-1)], [3001 - MOST, 3000]);
  assert.deepEqual([timeline.hasOlder.value, timeline.hasNewer.value], [true, false]);
});
