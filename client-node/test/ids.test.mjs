import assert from "node:assert/strict";
import { test } from "node:test";
import { InvalidArgumentError, parseId } from "../index.mjs";
import { idOf } from "../lib/ids.mjs";
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
