import assert from "node:assert/strict";
import { test } from "node:test";
import { InvalidArgumentError, parseId } from "../index.mjs";
import { compareIds, idOf, idOfRedis, jsonId, redisId } from "../lib/ids.mjs";
import { parseLsn } from "../lib/lsn.mjs";

test("an id may be a string, a BigInt or a number that is exact", () => {
  for (const id of [42, 42n, "42"]) assert.equal(idOf(id), 42n);
  assert.equal(idOf("9223372036854775807"), 2n ** 63n - 1n);
  assert.equal(idOf(Number.MAX_SAFE_INTEGER), 2n ** 53n - 1n);
});

test("a number that may have been rounded is refused, and the error says why", () => {
  // what 9007199254740993 became when it was parsed as a number
  assert.throws(
    () => idOf(9007199254740992, "post"),
    (error) => error instanceof InvalidArgumentError && error.code === "INVALID_ID" && /post .* 2\^53.*string or a BigInt/.test(error.message),
  );
});

test("an id is read from a URL as results have it", () => {
  assert.equal(parseId("0042"), "42");
  assert.throws(() => parseId("x", "post"), { code: "INVALID_ID", message: /post 'x'/ });
});

test("what is no id is refused", () => {
  for (const value of [0, -1, 1.5, NaN, "", "x", "1.5", "-1", "0", " 7", "9223372036854775808", 2n ** 63n, 0n, null, undefined, {}, [7], true]) {
    assert.throws(() => idOf(value), { code: "INVALID_ID" }, String(value));
  }
});

test("positions of the WAL are compared as numbers of 64 bits", () => {
  assert.ok(parseLsn("9/FFFFFFFF") < parseLsn("16/0"));
  assert.ok(parseLsn("16/B374D848") < parseLsn("16/B374D849"));
  assert.equal(parseLsn("FFFFFFFF/FFFFFFFF"), 2n ** 64n - 1n);
  for (const text of ["", "16", "/", "16/", "/1", "G/1", "1/2/3", "111111111/0", null, 5]) {
    assert.throws(() => parseLsn(text), { code: "INVALID_LSN" }, String(text));
  }
});

const UUID = "018f6e2c-9a1b-7cde-8f00-0123456789ab";

test("an id may be a UUID in any case, or a text", () => {
  assert.equal(idOf(UUID.toUpperCase(), "post", "uuid"), UUID);
  assert.equal(parseId("0042", "post", "text"), "0042");
  assert.throws(() => parseId("42", "post", "uuid"), { code: "INVALID_ID", message: /post '42' is no UUID/ });
  for (const value of ["", "ü".repeat(128), "a\0", "\ud83d", 42, null]) {
    assert.throws(() => idOf(value, "post", "text"), { code: "INVALID_ID" }, String(value));
  }
});

test("of an unknown kind its form decides", () => {
  for (const [value, id] of [[42, 42n], ["42", 42n], ["042", "042"], [UUID.toUpperCase(), UUID], ["x", "x"]]) {
    assert.equal(idOf(value, "id", null), id);
  }
  for (const value of [0, 1.5, "", null]) assert.throws(() => idOf(value, "id", null), { code: "INVALID_ID" });
});

test("texts are in the order of their code points, between bounds that are numbers", () => {
  const ordered = [-(2n ** 63n), "", "10", "9", "a", "\uFFFD", "\u{1F600}", 2n ** 63n - 1n];
  assert.deepEqual([...ordered].reverse().sort(compareIds), ordered);
  assert.deepEqual([10n, 9n].sort(compareIds), [9n, 10n]);
});

// the same as in RedisIdTest of Java
test("what Redis or a feed would take for its own is escaped", () => {
  assert.equal(redisId(42n), "42");
  assert.equal(redisId("at://did:plc:x/p+1"), "at://did:plc:x/p+1");
  assert.equal(redisId("a{b}%\n"), "a%7Bb%7D%25%0A");
  assert.equal(redisId("~"), "%7E");
  assert.equal(redisId("a~"), "a~");
  for (const id of ["~", "a{b}", "%41", "+", "a b", "ü%", "\u0001", "7"]) assert.equal(idOfRedis(redisId(id), "post", "text"), id);
  assert.throws(() => idOfRedis("%zz", "post", "text"), { code: "INVALID_ID" });
});

test("in JSON a number has no quotes", () => {
  assert.equal(jsonId(2n ** 63n - 1n), "9223372036854775807");
  assert.equal(jsonId('a"'), '"a\\""');
});
