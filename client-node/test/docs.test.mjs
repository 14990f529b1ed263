import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { InvalidArgumentError, RefusedError, UnavailableError } from "../index.mjs";
import { EVERY } from "../lib/progress.mjs";
import { programOf } from "./support/page.mjs";

const PACKAGE = new URL("../", import.meta.url);
const page = await readFile(new URL("../docs/node.md", PACKAGE), "utf8");
const types = await readFile(new URL("index.d.ts", PACKAGE), "utf8");
const sources = await Promise.all((await readdir(new URL("lib/", PACKAGE))).map((name) => readFile(new URL(`lib/${name}`, PACKAGE), "utf8")));

const cells = (heading, column) => {
  const section = page.slice(page.indexOf(`\n## ${heading}\n`)).split(/\n## /)[1];
  const rows = [...section.matchAll(/^\|(.+)\|$/gm)].map(([, row]) => row.split("|")[column]).slice(2);
  return rows.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name)).sort();
};

test("the page has every option", () => {
  const [, options] = /interface StreamsOptions \{(.*?)^\}/ms.exec(types);
  assert.deepEqual(cells("Install", 0), [...options.matchAll(/^  (\w+)\?:/gm)].map(([, name]) => name).sort());
});

test("the page has every metric", () => {
  const reported = sources.join("").matchAll(/\.(?:report|timer)\("(streams_\w+)"/g);
  assert.deepEqual(cells("Metrics", 0), [...new Set([...reported].map(([, name]) => name))].sort());
});

test("the page has every class of errors and every code", () => {
  assert.deepEqual(cells("Errors and time-outs", 0), [InvalidArgumentError, RefusedError, UnavailableError].map(({ name }) => name).sort());
  const codes = [...types.matchAll(/type \w+Code =(.*);/g)].flatMap(([, union]) => [...union.matchAll(/"(\w+)"/g)].map(([, code]) => code));
  assert.deepEqual(cells("Errors and time-outs", 1), codes.sort());
});

test("the page has the figures of the code", () => {
  assert.ok(page.includes(`every ${EVERY.redis} ms`) && page.includes(`every ${EVERY.postgres} ms`));
});

test("the page's JavaScript is one program", async () => {
  const folder = await mkdtemp(join(tmpdir(), "streams-page-"));
  const program = join(folder, "page.mjs");
  await writeFile(program, programOf(page));
  await promisify(execFile)("node", ["--check", program]);
  await rm(folder, { recursive: true });
});
