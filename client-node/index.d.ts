/**
 * An id: a number of 64 bits, a UUID or a text, as it is in Postgres; the last two as strings. A number above 2^53 is
 * refused: it may have been rounded already. Results have ids as strings.
 */
export type Id = string | bigint | number;

/** What a target is called: the model may have others, such as `user` or `comment`. */
export type TargetType = "post" | "reel" | (string & {});
export type DocumentType = "posts" | "reels";
export type Surface =
  | "counters.redis"
  | "counters.postgres"
  | "feeds.redis"
  | "feeds.postgres"
  | "search.posts"
  | "search.reels";

export const SURFACES: readonly Surface[];

/** A position in the WAL of Postgres, such as `16/B374D848`. */
export type Lsn = string;

/** By the counter's name; a counter that the pipeline adds later comes along. */
export interface Counts {
  likes: number;
  comments: number;
  shares: number;
  [counter: string]: number;
}

/** A pool or client of the package `pg`. */
export interface Queryable {
  query(statement: { text: string; values: unknown[] }): Promise<{ rows: any[] }>;
}

/** What is needed of a client of the package `redis`. */
export interface RedisClient {
  /** While it is false nothing is asked; absent in a client of a cluster. */
  readonly isReady?: boolean;
  hGet(key: string, field: string): Promise<any>;
  hGetAll(key: string): Promise<any>;
  sMembers(key: string): Promise<any>;
  zScore(key: string, member: string): Promise<any>;
  zRangeWithScores(key: string, min: number | string, max: number | string, options?: any): Promise<any>;
}

export interface Metric {
  name: string;
  value: number;
  labels: Record<string, string>;
}

/** A record for Kafka; the topic is `pipeline-control`. */
export interface RebuildRequest {
  topic: string;
  key: string;
  value: string;
}

export interface StreamsOptions {
  /** Pool of the product's database. Without one there is nothing but search. */
  postgres?: Queryable;
  /** Pool of the database with the schema `streams`, if that is another. */
  sink?: Queryable;
  /** Connected, with `disableOfflineQueue: true` and a listener of `error`. Without one Postgres answers everything. */
  redis?: RedisClient;
  /** Milliseconds for each round trip to Redis. Default: 100. */
  redisTimeout?: number;
  /** May have a user and password in it. Without one there is no search. */
  opensearchUrl?: string;
  /** Sends the record to Kafka. Nobody waits for it, and a lost one does no harm. */
  requestRebuild?: (request: RebuildRequest) => unknown;
  /** Called for every figure; what it throws is ignored. */
  onMetric?: (metric: Metric) => void;
}

export interface CallOptions {
  /** Milliseconds. Default: 5,000 for each statement of Postgres or request to OpenSearch. */
  timeout?: number;
  /** Aborted, the call rejects with the signal's reason, as `fetch` does. */
  signal?: AbortSignal;
}

export interface CountersOptions {
  /** Wait until the counts that are read show everything up to this commit. */
  after?: Lsn;
  /** Milliseconds to wait for `after`. Default: 2,000. */
  timeout?: number;
  signal?: AbortSignal;
}

export interface CountersRead<T> {
  counts: T;
  /** Postgres only while Redis is away, or not given. */
  source: "redis" | "postgres";
  /** Whether `counts` shows the commit `after`; undefined if none was given. */
  fresh?: boolean;
}

export interface Counters {
  one(type: TargetType, id: Id, options?: CountersOptions): Promise<CountersRead<Counts>>;
  /** In one round trip; by id as a string. */
  many(type: TargetType, ids: Iterable<Id>, options?: CountersOptions): Promise<CountersRead<Map<string, Counts>>>;
}

export interface Progress {
  /** True once the surface shows all that committed up to `lsn`; false after `timeout` ms (2,000). */
  waitFor(surface: Surface, lsn: Lsn, options?: { timeout?: number; signal?: AbortSignal }): Promise<boolean>;
  /** How far the surface is; null if nothing is known. */
  visibleLsn(surface: Surface, options?: { signal?: AbortSignal }): Promise<Lsn | null>;
}

export interface FeedEntry {
  id: string;
  authorId: string;
  content: string;
  /** Null where a Date cannot hold it, such as `infinity`. */
  createdAt: Date | null;
  /** Epoch microseconds, all digits. */
  createdAtMicros: string;
  counts: Counts;
  /** In the user's feed, in the timeline of a pulled author, or in the tables. */
  origin: "PUSH" | "PULL" | "TABLE";
  /** The page after this entry. */
  cursor: string;
}

export interface FeedCompleteness {
  state: "COMPLETE" | "NO_FEED" | "NO_TIMELINE" | "UNREACHABLE" | "UNUSED";
  /** Every post above this position (epoch microseconds) came from Redis; null where it could not be used. */
  bound: string | null;
  /** Authors whose timelines were read, and those of them that have none. */
  pulled: string[];
  missing: string[];
}

export interface FeedPage {
  entries: FeedEntry[];
  /** Give it as `after`, also in a URL; null at the end. */
  next: string | null;
  source: "REDIS" | "MIXED" | "SQL";
  completeness: FeedCompleteness;
  /** What Redis held and the tables do not show, as far as it was read. */
  filteredEntries: number;
}

export interface FeedReader {
  /** 1 to 500 entries, 20 by default. */
  page(user: Id, options?: CallOptions & { after?: string; size?: number }): Promise<FeedPage>;
}

export interface SearchQuery {
  type?: DocumentType;
  /** As typed: nothing in it is syntax but words in quotes. Its first 128 characters count; blank finds everything. */
  text?: string;
  sort?: "relevance" | "hot" | "new";
  author?: { id: Id } | { username: string };
  /** Who asks: finds what is public, their own, and what is for followers of those whom they follow. */
  reader?: { id: Id; followed?: readonly Id[] };
  /** 1 to 100 hits, 10 by default. */
  size?: number;
  /** The text's vector, 384 numbers: finds by meaning. One page, the best first. */
  vector?: ArrayLike<number> & Iterable<number>;
  /** With `vector`: words and meaning together (default), or meaning alone. */
  meaning?: "hybrid" | "only";
}

export interface Hit {
  id: string;
  author: { id: string; username: string; displayName: string; avatarUrl: string | null; isVerified: boolean };
  text: string;
  /** A piece of the text with marks around what was found: see highlightedHtml. */
  marked: string;
  visibility: "public" | "followers" | "private";
  counts: Counts;
  /** ISO-8601, with microseconds. */
  createdAt: string;
  updatedAt: string;
}

export interface SearchPage {
  /** Exact unless `isAtLeast`. */
  total: number;
  isAtLeast: boolean;
  /** Some shards did not answer. */
  isPartial: boolean;
  hits: Hit[];
  /** On the first page only. */
  facets: { authors: { id: string; username: string; hits: number }[]; days: { day: string; hits: number }[] } | null;
  next: string | null;
}

export interface Search {
  page(query?: SearchQuery & CallOptions & { after?: string }): Promise<SearchPage>;
  /** All pages as of one point in time. */
  pages(query?: Omit<SearchQuery, "vector" | "meaning"> & CallOptions): AsyncGenerator<SearchPage, void, undefined>;
  /** Whether any document has a vector. */
  hasVectors(type?: DocumentType, options?: CallOptions): Promise<boolean>;
}

export interface Streams {
  readonly counters: Counters;
  readonly progress: Progress;
  readonly feed: FeedReader;
  readonly search: Search;
}

/** The readers of a service, on its own clients. One for each process. */
export function createStreams(options: StreamsOptions): Streams;

/** The position of the product's database, to be taken after a commit. */
export function currentLsn(client: Queryable, options?: CallOptions): Promise<Lsn>;

/** What ids are in Postgres; integers of all sizes are `bigint`. */
export type IdKind = "bigint" | "uuid" | "text";

/**
 * An id from a URL or a message, as the string that results have. Refuses what is none, and names it by `what`. They are
 * numbers unless `kind` says otherwise.
 */
export function parseId(value: unknown, what?: string, kind?: IdKind): string;

/** For a page of HTML: escapes the text, and only then sets the tags. */
export function highlightedHtml(marked: string, tag?: string): string;

export type InvalidCode = "INVALID_ID" | "INVALID_CURSOR" | "INVALID_LSN" | "INVALID_ARGUMENT";
export type UnavailableCode = "POSTGRES_UNAVAILABLE" | "OPENSEARCH_UNAVAILABLE";
export type RefusedCode = "POSTGRES_REFUSED" | "OPENSEARCH_REFUSED";

/** Redis is never the reason of an error: Postgres answers instead. */
export type Store = "postgres" | "opensearch";

export class StreamsError extends Error {
  readonly code: InvalidCode | UnavailableCode | RefusedCode;
}

/** The caller gave something that cannot be right. */
export class InvalidArgumentError extends StreamsError {
  readonly code: InvalidCode;
}

/** A store did not answer, or not in time: the same call may succeed later. */
export class UnavailableError extends StreamsError {
  readonly code: UnavailableCode;
  readonly store: Store;
}

/** A store answered that it will not do this: a retry does not help. */
export class RefusedError extends StreamsError {
  readonly code: RefusedCode;
  readonly store: Store;
}
