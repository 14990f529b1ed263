import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { InvalidArgumentError, RefusedError, UnavailableError } from "../index.mjs";
import { EVERY } from "../lib/progress.mjs";

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
