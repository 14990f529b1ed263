import { countsOfRow } from "./counts.mjs";
import { CLOSE, OPEN } from "./search-query.mjs";

/** Each way to read words marks what it found. */
const READINGS = ["content", "content.english", "content.turkish", "caption", "caption.english", "caption.turkish"];

/** Ids have 64 bits: they become texts before JSON.parse rounds them. Within a text of JSON a quote is escaped. */
export const parseAnswer = (json) => JSON.parse(json.replace(/("(?:id|key)"\s*:\s*)(-?\d+)(?=\s*[,}\]])/g, '$1"$2"'));

export function hitOf({ _source: source, highlight }) {
  const author = source.author ?? {};
  return {
    id: source.id,
    author: {
      id: author.id,
      username: author.username,
      displayName: author.display_name,
      avatarUrl: author.avatar_url ?? null,
      isVerified: author.is_verified,
    },
    text: source.content ?? source.caption,
    marked: bestMarked(highlight),
    visibility: source.visibility,
    counts: countsOfRow(source), // fields are named as the columns are
    createdAt: source.created_at,
    updatedAt: source.updated_at,
  };
}

export function facetsOf(aggregations) {
  if (!aggregations) return null;
  return {
    authors: aggregations.authors.buckets.map(({ key, doc_count, author }) => ({
      id: key,
      username: author.hits.hits[0]?._source.author.username,
      hits: doc_count,
    })),
    days: aggregations.last_30_days.days.buckets.map(({ key_as_string, doc_count }) => ({
      day: key_as_string.slice(0, 10),
      hits: doc_count,
    })),
  };
}

/** Of all readings the text with most marks. */
function bestMarked(highlight = {}) {
  const texts = READINGS.flatMap((reading) => highlight[reading]?.[0] ?? []);
  const marks = (text) => text.split(OPEN).length;
  return texts.reduce((best, text) => (marks(text) > marks(best) ? text : best), texts[0] ?? "");
}

/** For a page of HTML: escaped first, so that the only tags in it are ours. */
export function highlightedHtml(marked, tag = "mark") {
  const escaped = marked.replace(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`);
  return escaped.replaceAll(OPEN, `<${tag}>`).replaceAll(CLOSE, `</${tag}>`);
}
