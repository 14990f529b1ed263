// What a service in TypeScript writes; checked by the compiler, never run.
import pg from "pg";
import { createClient } from "redis";
import {
  createStreams,
  currentLsn,
  highlightedHtml,
  InvalidArgumentError,
  RefusedError,
  StreamsError,
  SURFACES,
  UnavailableError,
  type Counts,
  type Lsn,
  type Metric,
  type RebuildRequest,
} from "@shareuptime/streams";

const postgres = new pg.Pool();
const redis = createClient();

const streams = createStreams({
  postgres,
  redis,
  redisTimeout: 100,
  opensearchUrl: "http://127.0.0.1:9200",
  requestRebuild: async ({ topic, key, value }: RebuildRequest) => console.log(topic, key, value),
  onMetric: ({ name, value, labels }: Metric) => console.log(name, value.toFixed(3), labels.source),
});

const lsn: Lsn = await currentLsn(postgres);
const connection = await postgres.connect();
await currentLsn(connection, { timeout: 1_000 });

const one = await streams.counters.one("post", 42n, { after: lsn, timeout: 500, signal: AbortSignal.timeout(1_000) });
const likes: number = one.counts.likes;
const saves: number | undefined = one.counts["saves"];
const fresh: boolean | undefined = one.fresh;
const many: Map<string, Counts> = (await streams.counters.many("reel", [42, "43", 44n])).counts;

const seen: boolean = await streams.progress.waitFor("feeds.redis", lsn, { timeout: 100 });
const visible: Lsn | null = await streams.progress.visibleLsn(SURFACES[0]!);

const page = await streams.feed.page("7", { size: 20 });
const next: string | null = page.next;
const created: Date | null = page.entries[0]!.createdAt;
if (page.source === "SQL" && page.completeness.state === "NO_FEED") console.log(page.completeness.missing.length);

const found = await streams.search.page({ text: "coffee", sort: "hot", author: { username: "ayse" }, reader: { id: 7n, followed: [9] } });
console.log(highlightedHtml(found.hits[0]!.marked), found.facets?.days[0]?.day, found.next);
await streams.search.page({ text: "bread", vector: new Float32Array(384), meaning: "only" });
for await (const { hits } of streams.search.pages({ type: "reels", sort: "new" })) console.log(hits[0]!.author.id.length);

try {
  await streams.feed.page(7);
} catch (error) {
  if (error instanceof InvalidArgumentError && error.code === "INVALID_CURSOR") console.log(400);
  if (error instanceof UnavailableError && error.store === "postgres") console.log(503);
  if (error instanceof RefusedError || error instanceof StreamsError) console.log(error.code);
}

// @ts-expect-error a surface that does not exist
await streams.progress.waitFor("counters", lsn);
// @ts-expect-error an order that does not exist
await streams.search.page({ sort: "best" });
// @ts-expect-error all pages begin with the first
streams.search.pages({ after: "x" });
// @ts-expect-error ids come back as strings
const id: number = page.entries[0]!.id;

console.log(likes, saves, fresh, many, seen, visible, next, created, id);
