import assert from "node:assert/strict";
import { test } from "node:test";
import { above, isOlder, parseCursor, TOP, writeCursor } from "../lib/feed-cursor.mjs";
import { decodeSlice, WINDOWS } from "../lib/feed-zset.mjs";
import { mergeSlices } from "../lib/stored-feed.mjs";

const post = (id, score) => ({ value: String(id), score });
const mark = (score) => ({ value: "~", score });
const at = (position, id) => ({ at: BigInt(position), id: BigInt(id) });

test("a cursor is read back", () => {
  for (const cursor of [at(1_700_000_000_123_456, 42), TOP, at(-62_135_596_800_000_001n, 1)]) {
    assert.deepEqual(parseCursor(writeCursor(cursor)), cursor);
  }
});

test("what is no cursor is refused", () => {
  for (const text of ["", "_", "7", "7_", "_7", "1_2_3", "a_b", "99999999999999999999_1", "9223372036854775808_1", null, 7]) {
    assert.throws(() => parseCursor(text), { code: "INVALID_CURSOR" }, String(text));
  }
});

test("ties are ordered by the number of the id", () => {
  assert.ok(isOlder(at(5, 9), at(5, 10)));
  assert.ok(!isOlder(at(5, 10), at(5, 10)));
  assert.ok(isOlder(above(5n), at(6, 1)));
});

test("without a mark there is no answer", () => {
  assert.equal(decodeSlice([null, [], 1], 10, TOP), null);
  assert.equal(decodeSlice([1, [], null], 10, TOP), null);
});

test("a mark that rose meanwhile counts", () => {
  assert.equal(decodeSlice([10, [], 20], 10, TOP).mark, 20n);
});

test("what the limit cuts off ends above the last entry", () => {
  const two = [post(1, 300), post(2, 200)];
  assert.deepEqual(decodeSlice([100, two, 100], 2, TOP), { entries: [at(300, 1), at(200, 2)], mark: 100n, floor: 200n });
  assert.equal(decodeSlice([100, two, 100], 3, TOP).floor, 100n);
  assert.equal(decodeSlice([100, two, 100], null, TOP).floor, 100n);
  assert.equal(decodeSlice([100, [post(1, 300), mark(100)], 100], 2, TOP).floor, 100n);
});

test("entries are older than the cursor", () => {
  assert.deepEqual(decodeSlice([0, [post(9, 300), post(10, 300)], 0], 5, at(300, 10)).entries, [at(300, 9)]);
});

test("posts of all later times stand at the farthest score", () => {
  const farthest = [post(9, Number.MAX_SAFE_INTEGER)];
  assert.deepEqual(decodeSlice([0, farthest, 0], 5, at(TOP.at - 1n, 1)).entries, [at(TOP.at, 9)]);
});

test("a member that is no post is no answer", () => {
  assert.throws(() => decodeSlice([5, [post("x", 1)], 5], 5, TOP));
});

test("a page reads some more than it shows, then all", () => {
  assert.deepEqual([WINDOWS[0].ofFeed(20), WINDOWS[0].ofTimeline(20)], [60, 26]);
  assert.deepEqual([WINDOWS[1].ofFeed(20), WINDOWS[1].ofTimeline(20)], [null, null]);
});

test("what lies at or below the highest floor is no candidate: another zset may lack what belongs between", () => {
  const feed = { entries: [at(300, 1), at(200, 2), at(100, 3)], mark: 0n, floor: 0n };
  const timeline = { entries: [at(300, 4), at(200, 5)], mark: 50n, floor: 200n };
  const merged = mergeSlices(feed, [9n], [timeline]);
  assert.deepEqual([merged.candidates.map(({ id }) => id), merged.floor, merged.completeness.bound, merged.isExhausted], [[4n, 1n], 200n, "50", false]);
});
