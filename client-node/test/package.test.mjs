import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import * as api from "../index.mjs";

const run = promisify(execFile);
const PACKAGE = fileURLToPath(new URL("..", import.meta.url));
const JAVA = join(PACKAGE, "../client/src/main/resources/com/shareuptime/streams/client");

let folder;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "streams-package-"));
});

after(() => rm(folder, { recursive: true }));

test("the queries are those of the Java client, all of them, to the byte", { skip: !existsSync(JAVA) && "not in the repository" }, async () => {
  for (const under of ["", "search"]) {
    const names = async (root) => (await readdir(join(root, under))).filter((name) => /\.(sql|json)$/.test(name)).sort();
    const ours = await names(join(PACKAGE, "queries"));
    assert.deepEqual(ours, await names(JAVA));
    for (const name of ours) {
      const [own, theirs] = await Promise.all([join(PACKAGE, "queries"), JAVA].map((root) => readFile(join(root, under, name), "utf8")));
      assert.equal(own, theirs, `${name}: npm run copy-queries`);
    }
  }
});

test("the types say what there is, and a service in TypeScript compiles with them", async () => {
  const tsc = join(PACKAGE, "node_modules/.bin/tsc");
  const { stdout } = await run(tsc, ["--noEmit", "-p", join(PACKAGE, "test/types")]).catch((error) => error);
  assert.equal(stdout, "");
  const types = await readFile(join(PACKAGE, "index.d.ts"), "utf8");
  const declared = [...types.matchAll(/^export (?:function|class|const) (\w+)/gm)].map(([, name]) => name);
  assert.deepEqual(declared.sort(), Object.keys(api).sort());
});

test("the packed package is installed by itself, and works without its peers", async () => {
  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", folder], { cwd: PACKAGE });
  const [{ filename, files }] = JSON.parse(stdout);
  const packed = files.map(({ path }) => path);
  assert.ok(!packed.some((path) => /^(test|examples|node_modules)\//.test(path)), packed.join(" "));
  for (const path of ["index.mjs", "index.d.ts", "README.md", "queries/shown.sql", "queries/search/hybrid.json"]) assert.ok(packed.includes(path), path);
  await writeFile(join(folder, "package.json"), '{"private": true, "type": "module"}');
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", `./${filename}`], { cwd: folder });
  await writeFile(
    join(folder, "service.mjs"),
    `import { createStreams } from "@shareuptime/streams";
     const postgres = { query: async ({ values }) => ({ rows: values.length === 0 ? [] : [{ id: values[1][0], likes_count: "5", comments_count: "0", shares_count: "0" }] }) };
     const { counters } = createStreams({ postgres });
     console.log(JSON.stringify((await counters.one("post", "9007199254740993")).counts));`,
  );
  const service = await run("node", ["service.mjs"], { cwd: folder });
  assert.equal(service.stdout, '{"likes":5,"comments":0,"shares":0}\n');
});
