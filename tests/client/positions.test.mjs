import assert from "node:assert/strict";
import { test } from "node:test";

import { comparePositions, isPosition, laterPosition } from "../../src/skvorets/client/lib/positions.js";

test("positions are compared as pairs of numbers, also beyond 53 bits", () => {
  const ordered = ["0-0", "0-9", "0-10", "1-0", "9-99", "10-1", "9223372036854775806-1", "9223372036854775807-0"];
  ordered.forEach((first, at) => ordered.forEach((second, other) => {
    assert.equal(Math.sign(comparePositions(first, second)), Math.sign(at - other), `${first} ${second}`);
  }));
});

test("only what the server writes is a position", () => {
  for (const good of ["0-0", "12-345"]) assert.ok(isPosition(good));
  for (const bad of ["", "0", "0-", "-1", "01-1", "0-1 ", "a-b", null, 5, "0-" + "9".repeat(20)]) assert.ok(!isPosition(bad));
});

test("the later one wins, and nothing is before everything", () => {
  assert.equal(laterPosition("0-9", "0-10"), "0-10");
  assert.equal(laterPosition("0-10", "0-9"), "0-10");
  assert.equal(laterPosition("", "0-0"), "0-0");
});
