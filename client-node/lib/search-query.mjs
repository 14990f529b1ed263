import { InvalidArgumentError } from "./errors.mjs";
import { idOf } from "./ids.mjs";
import { searchTemplate } from "./queries.mjs";

const NAMES = [
  "relevance", "hot", "new", "hybrid", "semantic", "nearest", "match", "quoted", "visible", "visible-to-reader",
  "author-id", "author-name", "highlight", "facets",
]; // prettier-ignore
const TEMPLATES = Object.fromEntries(NAMES.map((name) => [name, searchTemplate(name)]));

/** How many of a text's words a document must have; only where the best come first may it lack some. */
const AGREEMENT = { relevance: "1<34%", hot: "100%", new: "100%" };

// Scripts without spaces are read in pairs of letters: a word has many, and shares some with other words.
const PAIR = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]{2}/u;
const AGREEMENT_OF_PAIRS = { ...AGREEMENT, relevance: "2<75% 9<34%" };

/** All words, each with its misspellings in each field, must stay below the 1,024 clauses that OpenSearch takes. */
const LONGEST_TEXT = 128;

const LARGEST_PAGE = 100;

/** So many documents are found by words and by meaning, each, before they are put together. */
const CANDIDATES = LARGEST_PAGE;

/** OpenSearch takes no more in one `terms`. */
const MOST_FOLLOWED = 65_536;

export const [OPEN, CLOSE] = [TEMPLATES.highlight.pre_tags[0], TEMPLATES.highlight.post_tags[0]];

/**
 * The body of a search. `cursor` is what parseCursor of search-cursor gave; without one it is the first page.
 *
 * Ids go as strings: OpenSearch reads them as the numbers that they are, and JSON.stringify knows none of 64 bits. `users` is
 * the kind of those of users; null if it is not known.
 */
export function searchBody({ text = "", sort = "relevance", author, size = 10, reader, vector, meaning = "hybrid", cursor, now, pit, users = "bigint" }) {
  check({ text, sort, size, vector, meaning, cursor });
  const words = [...text.normalize("NFC")].slice(0, LONGEST_TEXT).join("").trim();
  const agreement = (PAIR.test(words) ? AGREEMENT_OF_PAIRS : AGREEMENT)[sort];
  const values = {
    size,
    now,
    match: words === "" ? { match_all: {} } : fill("match", { text: words, agreement }),
    quoted: /"[^"]*[\p{L}\p{N}][^"]*"/u.test(words) ? fill("quoted", { text: words }) : undefined,
    visible: visibleTo(reader, users),
    author: writtenBy(author, users),
    after: cursor && [cursor.rank, cursor.id],
    pit: pit && { id: pit, keep_alive: "1m" },
    highlight: TEMPLATES.highlight,
    facets: cursor ? undefined : TEMPLATES.facets, // the same on every page: once is enough
  };
  if (!vector) return fill(sort, values);
  const near = { ...values, vector: [...vector], candidates: CANDIDATES };
  return fill(meaning === "hybrid" ? "hybrid" : "semantic", { ...near, nearest: fill("nearest", near) });
}

function check({ text, sort, size, vector, meaning, cursor }) {
  if (typeof text !== "string") throw invalid("text is no string");
  if (!Object.hasOwn(AGREEMENT, sort)) throw invalid(`There is no order '${sort}': it is relevance, hot or new`);
  if (!Number.isInteger(size) || size < 1 || size > LARGEST_PAGE) throw invalid(`A page has 1 to ${LARGEST_PAGE} hits, not ${String(size)}`);
  if (!vector) return;
  if (!["hybrid", "only"].includes(meaning)) throw invalid(`meaning is hybrid or only, not '${meaning}'`);
  if (![...vector].every(Number.isFinite)) throw invalid("vector is no list of numbers");
  // every document is near in meaning, so the best come first, and there is one page
  if (sort !== "relevance" || cursor) throw invalid("A search by meaning has neither another order nor further pages");
  if (meaning === "hybrid" && text.trim() === "") throw invalid("A search by words and meaning needs a text");
}

function visibleTo(reader, users) {
  if (!reader) return TEMPLATES.visible;
  const followed = (reader.followed ?? []).map((id) => String(idOf(id, "followed", users)));
  if (followed.length > MOST_FOLLOWED) throw invalid(`followed has ${followed.length} ids, and OpenSearch takes ${MOST_FOLLOWED}`);
  return fill("visible-to-reader", { reader: String(idOf(reader.id, "reader", users)), followed });
}

function writtenBy(author, users) {
  if (!author) return undefined;
  if (author.id !== undefined) return fill("author-id", { author: String(idOf(author.id, "author", users)) });
  if (typeof author.username !== "string") throw invalid("author is {id} or {username}");
  return fill("author-name", { author: author.username.normalize("NFC") });
}

const invalid = (message) => new InvalidArgumentError("INVALID_ARGUMENT", message);

const fill = (name, values) => filled(TEMPLATES[name], values);

// "${name}" stands for a whole value; where there is none, the field or element goes.
function filled(node, values) {
  if (typeof node === "string") return node.startsWith("${") ? values[node.slice(2, -1)] : node;
  if (Array.isArray(node)) return node.map((element) => filled(element, values)).filter((element) => element !== undefined);
  if (node === null || typeof node !== "object") return node;
  const fields = Object.entries(node).map(([name, value]) => [name, filled(value, values)]);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}
