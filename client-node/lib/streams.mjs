import { Counters } from "./counters.mjs";
import { InvalidArgumentError } from "./errors.mjs";
import { FeedReader } from "./feed-reader.mjs";
import { IdKinds } from "./id-kinds.mjs";
import { Metrics } from "./metrics.mjs";
import { OpenSearch } from "./opensearch.mjs";
import { PostTable } from "./post-table.mjs";
import { Progress } from "./progress.mjs";
import { RebuildRequests } from "./rebuild-requests.mjs";
import { RedisStore } from "./redis-store.mjs";
import { Search } from "./search.mjs";

/**
 * The readers of a service, on its own clients: it opens no connection to Postgres or Redis and closes none. One for each
 * process: they share what they know of a Redis that is away.
 */
export function createStreams({ postgres, sink = postgres, redis, redisTimeout, opensearchUrl, requestRebuild, onMetric } = {}) {
  const metrics = new Metrics(onMetric);
  const store = new RedisStore(redis, { timeout: redisTimeout, metrics });
  const progress = sink && new Progress(store, sink, metrics);
  const counters = sink && new Counters(store, sink, progress, metrics);
  const feed = postgres && new FeedReader(store, postgres, new PostTable(postgres, sink), new RebuildRequests(requestRebuild, metrics), metrics);
  const search = opensearchUrl && new Search(new OpenSearch(opensearchUrl), metrics, postgres && IdKinds.ofViews(postgres));
  return {
    get progress() {
      return progress ?? lacks("postgres");
    },
    get counters() {
      return counters ?? lacks("postgres");
    },
    get feed() {
      return feed ?? lacks("postgres");
    },
    get search() {
      return search ?? lacks("opensearchUrl");
    },
  };
}

function lacks(option) {
  throw new InvalidArgumentError("INVALID_ARGUMENT", `createStreams was given no ${option}`);
}
