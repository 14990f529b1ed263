import { isOlder, newestFirst } from "../../lib/feed-cursor.mjs";
import { redisId } from "../../lib/ids.mjs";
import { random } from "./random.mjs";

/** What small numbers stand for, by the kind of ids. */
const IDS = {
  bigint: (number) => BigInt(number),
  uuid: (number) => `${((number * 0x9e3779b1) >>> 0).toString(16).padStart(8, "0")}-0000-4000-8000-${number.toString(16).padStart(12, "0")}`,
  // some with what Redis would take for its own, or what UTF-16 orders otherwise
  text: (number) => `${number % 5 === 0 ? "~ü{" : number % 3 === 0 ? "\u{1F600}%:" : "\uFFFDp:"}${number}`,
};

export const READER = 7;
export const START = 1_700_000_000_000_000;

/**
 * What a random past has left: the tables, and Redis as the feeds job promises to keep it for user READER. Positions are
 * few, so that many posts tie; Redis holds much that must not be shown, and nothing of a shown post below the marks is
 * certain to be there.
 */
export class History {
  posts = new Map();
  seen = new Set();
  pulled = new Set();
  timelines = new Map();
  feed;

  constructor(seed, kind = Object.keys(IDS)[seed % 3]) {
    this.kind = kind;
    this.id = IDS[kind];
    this.reader = this.id(READER);
    this.random = random(seed);
    this.positions = this.random.isHeads() ? 5 : 2_000;
    for (let author = 1; author <= 12; author++) {
      if (author !== READER && this.random.below(8) < 3) this.seen.add(author);
    }
    if (this.random.below(10) > 0) this.seen.add(READER);
    this.#makePosts();
    this.#makeZsets();
  }

  #somewhere() {
    return START + this.random.below(this.positions);
  }

  #makePosts() {
    const count = this.random.below(300);
    while (this.posts.size < count) {
      const id = 1 + this.random.below(2_000);
      const author = 1 + this.random.below(14);
      this.posts.set(id, { id, author, at: this.#somewhere(), isShown: this.random.below(8) > 0 });
    }
  }

  #makeZsets() {
    for (const author of this.seen) {
      if (author !== READER && this.random.below(3) === 0) this.pulled.add(author);
    }
    if (this.random.below(3) === 0) this.pulled.add(13);
    this.feed = this.#zset((post) => this.seen.has(post.author) && !this.pulled.has(post.author), 15);
    for (const author of this.pulled) this.timelines.set(author, this.#zset((post) => post.author === author, 40));
  }

  /**
   * All that belongs and is shown above a mark, some below it, and some that does not belong: what need not be there may
   * have any score, as posts are dated anew and authors go from feeds into timelines.
   */
  #zset(belongs, oneInHasNoMark) {
    const mark = [0, START + this.positions, this.#somewhere(), this.#somewhere()][this.random.below(4)];
    const zset = new Map();
    for (const post of this.posts.values()) {
      if (belongs(post) && post.isShown && post.at > mark) zset.set(this.member(post.id), post.at);
      else if (this.random.below(4) === 0) zset.set(this.member(post.id), this.random.isHeads() ? post.at : this.#somewhere());
    }
    for (let others = this.random.below(5); others > 0; others--) zset.set(this.member(3_000 + this.random.below(100)), this.#somewhere());
    if (this.random.below(oneInHasNoMark) > 0) zset.set("~", mark);
    return zset;
  }

  member(number) {
    return redisId(this.id(number));
  }

  /** The zsets and the set, into a Redis of maps. */
  writeTo(redis) {
    redis.zsets = new Map([[`feed:{${this.member(READER)}}`, this.feed]]);
    for (const [author, timeline] of this.timelines) redis.zsets.set(`timeline:{${this.member(author)}}`, timeline);
    redis.sets = new Map([[`pull:{${this.member(READER)}}`, new Set([...this.pulled].map((author) => this.member(author)))]]);
  }

  /** The feed as the contract's SQL gives it. */
  truth() {
    return [...this.posts.values()]
      .filter((post) => post.isShown && this.seen.has(post.author))
      .map((post) => ({ at: BigInt(post.at), id: this.id(post.id), author: String(this.id(post.author)), content: "", counts: {}, origin: "TABLE" }))
      .sort(newestFirst);
  }

  /** What a page reads from the tables. */
  tables() {
    return {
      shown: async (ids) => this.truth().filter((post) => ids.includes(post.id)),
      newest: async (below, limit) => this.truthAfter(below, limit),
    };
  }

  truthAfter(below, limit) {
    return this.truth()
      .filter((post) => isOlder(post, below))
      .slice(0, limit);
  }
}
