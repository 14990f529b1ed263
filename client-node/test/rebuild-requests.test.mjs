import assert from "node:assert/strict";
import { test } from "node:test";
import { Metrics } from "../lib/metrics.mjs";
import { RebuildRequests } from "../lib/rebuild-requests.mjs";

const page = (state, { missing = [], filteredEntries = 0, shown = 0 } = {}) => ({
  completeness: { state, missing },
  filteredEntries,
  rows: Array(shown).fill({}),
});

function requests(send) {
  const sent = [];
  const metrics = [];
  let now = 0;
  const made = new RebuildRequests(send ?? ((request) => sent.push(request)), new Metrics((metric) => metrics.push(metric.name)), () => now);
  return { made, sent, metrics, pass: (ms) => (now += ms) };
}

test("what is missing is asked for, in the words of the topic", () => {
  const { made, sent } = requests();
  made.forPage(9223372036854775807n, page("NO_FEED"));
  made.forPage(7n, page("NO_TIMELINE", { missing: ["9", "11"] }));
  assert.deepEqual(sent, [
    { topic: "pipeline-control", key: "user:9223372036854775807", value: '{"job":"feeds","action":"rebuild","user_id":9223372036854775807}' },
    { topic: "pipeline-control", key: "author:9", value: '{"job":"feeds","action":"rebuild","author_id":9}' },
    { topic: "pipeline-control", key: "author:11", value: '{"job":"feeds","action":"rebuild","author_id":11}' },
  ]);
});

test("a feed that is mostly filtered is asked for", () => {
  const { made, sent } = requests();
  made.forPage(1n, page("COMPLETE", { filteredEntries: 19, shown: 1 }));
  made.forPage(2n, page("COMPLETE", { filteredEntries: 20, shown: 20 }));
  made.forPage(3n, page("COMPLETE", { filteredEntries: 21, shown: 20 }));
  assert.deepEqual(sent.map(({ key }) => key), ["user:3"]);
});

test("a page that needs nothing, or could not know, asks for nothing", () => {
  const { made, sent } = requests();
  for (const state of ["COMPLETE", "UNREACHABLE", "UNUSED"]) made.forPage(7n, page(state));
  assert.deepEqual(sent, []);
});

test("one request of a subject is let through in five minutes", () => {
  const { made, sent, pass } = requests();
  made.forPage(7n, page("NO_FEED"));
  made.forPage(7n, page("NO_FEED"));
  made.forPage(1n, page("NO_TIMELINE", { missing: ["7"] }));
  assert.deepEqual(sent.map(({ key }) => key), ["user:7", "author:7"], "an author is another subject than a user");
  pass(5 * 60_000 - 1);
  made.forPage(7n, page("NO_FEED"));
  assert.equal(sent.length, 2);
  pass(1);
  made.forPage(7n, page("NO_FEED"));
  made.forPage(7n, page("NO_FEED"));
  assert.equal(sent.length, 3);
});

test("many requests do not pile up", () => {
  const { made, sent } = requests();
  for (let user = 1; user <= 100_000; user++) made.forPage(BigInt(user), page("NO_FEED"));
  made.forPage(100_000n, page("NO_FEED"));
  assert.equal(sent.length, 100_000);
  made.forPage(1n, page("NO_FEED"));
  assert.equal(sent.length, 100_001, "the first is forgotten, and asked for early");
});

test("a request that Kafka does not take fails nothing, and is counted", async () => {
  for (const send of [() => { throw new Error("no"); }, async () => { throw new Error("no"); }]) {
    const { made, metrics } = requests(send);
    made.forPage(7n, page("NO_FEED"));
    await new Promise(setImmediate);
    assert.deepEqual(metrics, ["streams_rebuild_requests", "streams_rebuild_requests_dropped"]);
  }
});
