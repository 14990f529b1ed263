import { createStreams } from "@shareuptime/streams";
import { once } from "node:events";
import { pathToFileURL } from "node:url";
import pg from "pg";
import { createClient } from "redis";
import { createApp } from "./app.mjs";
import { connectEvents } from "./events.mjs";
import { MetricsText } from "./metrics.mjs";

/** Starts the service on servers as `./streams env` prints them. It starts, and serves, also while Redis or Kafka is away. */
export async function startService({ POSTGRES_URL, REDIS_URL, OPENSEARCH_URL, KAFKA_BOOTSTRAP, PORT = "3000" }) {
  const metrics = new MetricsText();
  const postgres = new pg.Pool({ connectionString: POSTGRES_URL, connectionTimeoutMillis: 2_000, statement_timeout: 5_000 });
  postgres.on("error", () => {}); // an idle connection broke: the next query opens another

  const redis = createClient({
    url: REDIS_URL,
    disableOfflineQueue: true, // while it is away a command fails at once, and Postgres answers
    socket: { connectTimeout: 500, reconnectStrategy: (retries) => Math.min(100 * retries, 1_000) },
  });
  redis.on("error", () => {}); // it reconnects by itself
  redis.connect().catch(() => {});

  const events = await connectEvents(KAFKA_BOOTSTRAP, () => metrics.add({ name: "events_lost", value: 1, labels: {} }));
  const streams = createStreams({
    postgres,
    redis,
    opensearchUrl: OPENSEARCH_URL,
    requestRebuild: events.sendRecord,
    onMetric: (metric) => metrics.add(metric),
  });
  const server = createApp({ streams, postgres, send: events.send, metrics }).listen(Number(PORT));
  await once(server, "listening");
  return {
    port: server.address().port,
    async close() {
      server.closeAllConnections();
      server.close();
      redis.destroy();
      await Promise.allSettled([events.close(), postgres.end()]);
    },
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const service = await startService(process.env);
  console.log(`http://localhost:${service.port}`);
}
