export { InvalidArgumentError, RefusedError, StreamsError, UnavailableError } from "./lib/errors.mjs";
export { parseId } from "./lib/ids.mjs";
export { currentLsn } from "./lib/lsn.mjs";
export { highlightedHtml } from "./lib/search-answer.mjs";
export { SURFACES } from "./lib/progress.mjs";
export { createStreams } from "./lib/streams.mjs";
