import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { test } from "node:test";
import { within } from "../lib/deadline.mjs";

const late = () => new Error("late");

test("an answer that came while the process was busy is in time", async () => {
  const answer = within(stat("."), { timeout: 10, late });
  for (const end = performance.now() + 200; performance.now() < end; );
  assert.ok(await answer);
});

test("what comes later is not waited for", async () => {
  await assert.rejects(within(new Promise(() => {}), { timeout: 10, late }), /late/);
});

test("an aborted wait leaves no listener behind", async () => {
  const { signal } = new AbortController();
  let listeners = 0;
  signal.addEventListener = () => listeners++;
  signal.removeEventListener = () => listeners--;
  await within(Promise.resolve(1), { timeout: 1_000, signal, late });
  assert.equal(listeners, 0);
});
