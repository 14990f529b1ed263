// Runs the page's JavaScript, all of it, as one program on the stack.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { programOf } from "../support/page.mjs";
import { lacksStack as skip, pool } from "../support/stack.mjs";

const PACKAGE = new URL("../../", import.meta.url);
let postgres;

before(async () => {
  if (skip) return;
  postgres = pool();
  await postgres.query("insert into users (id, username, display_name) values (7, 'reader7', ''), (9, 'author9', '') on conflict do nothing");
  await postgres.query("insert into follows (follower_id, followee_id) values (7, 9) on conflict do nothing");
  await postgres.query("insert into posts (id, author_id, content) select i, 9, 'coffee ' || i from generate_series(40, 70) i on conflict do nothing");
  await postgres.query("delete from likes where target_type = 'post' and target_id = 42 and user_id = 7");
});

after(() => postgres?.end());

/** What the page prints, with this behind it. */
async function run(page, end) {
  const program = new URL(`page-${process.pid}.tmp.mjs`, PACKAGE);
  await writeFile(program, `${programOf(await readFile(new URL(page, PACKAGE), "utf8"))}\n${end}\n`);
  try {
    return (await promisify(execFile)("node", [fileURLToPath(program)], { timeout: 60_000 })).stdout;
  } finally {
    await rm(program);
  }
}

test("every example of docs/node.md runs", { skip, timeout: 120_000 }, async () => {
  const stdout = await run("../docs/node.md", "redis.destroy(); await Promise.all([producer.disconnect(), postgres.end()]);");
  assert.match(stdout, /^42\n\d+ \d+ \d+ (redis|postgres)\n/);
  assert.match(stdout, /^[1-9]\d* true$/m, "the like is read");
  assert.match(stdout, /^the feeds show it$/m);
  assert.match(stdout, /streams_counters_seconds redis/);
});

test("the example of the README runs", { skip, timeout: 120_000 }, async () => {
  assert.match(await run("README.md", "redis.destroy(); await postgres.end();"), /fresh: true/);
});
