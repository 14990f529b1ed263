import { currentLsn, highlightedHtml, InvalidArgumentError, parseId, UnavailableError } from "@shareuptime/streams";
import { randomUUID } from "node:crypto";
import express from "express";

const LIKE = "insert into likes (target_type, target_id, user_id) values ('post', $1, $2) on conflict do nothing";
const FOLLOWED = "select followee_id::text as id from follows where follower_id = $1 and status = 'accepted'";

/**
 * The routes.
 *
 * @param streams what createStreams gave
 * @param postgres the pool of the product's database
 * @param send events to Kafka; returns at once
 */
export function createApp({ streams, postgres, send, metrics }) {
  const app = express();

  app.post("/posts/:id/likes", async (request, response) => {
    const user = signedIn(request);
    const post = parseId(request.params.id, "post");
    await postgres.query(LIKE, [post, user]); // commits
    const lsn = await currentLsn(postgres);
    send("likes-events", `post:${post}`, { event_id: randomUUID(), type: "like", action: "create", target: "post", target_id: post });
    const { counts, fresh } = await streams.counters.one("post", post, { after: lsn, signal: whileOpen(response) });
    response.json({ post, counts, fresh });
  });

  app.get("/feed", async (request, response) => {
    const user = signedIn(request);
    send("user-activity", user, { event_id: randomUUID(), user_id: user });
    const page = await streams.feed.page(user, { after: request.query.after, size: 20, signal: whileOpen(response) });
    response.json({ entries: page.entries, next: page.next, source: page.source });
  });

  app.get("/search", async (request, response) => {
    const { q: text, sort, after } = request.query;
    const user = request.get("x-user");
    const page = await streams.search.page({ text, sort, after, reader: user && (await readerOf(user)), signal: whileOpen(response) });
    const hits = page.hits.map((hit) => ({ ...hit, html: highlightedHtml(hit.marked) }));
    response.json({ total: page.total, hits, facets: page.facets, next: page.next });
  });

  app.get("/metrics", (_, response) => {
    response.type("text/plain").send(metrics.text());
  });

  async function readerOf(user) {
    const id = parseId(user, "user");
    const { rows } = await postgres.query(FOLLOWED, [id]);
    return { id, followed: rows.map((row) => row.id) };
  }

  app.use((error, _request, response, _next) => {
    if (response.destroyed) return; // whoever asked has gone
    const { code = "INTERNAL", message } = error;
    if (error instanceof UnavailableError) response.set("Retry-After", "1");
    else if (!(error instanceof InvalidArgumentError)) console.error(error);
    response.status(statusOf(error)).json({ code, message });
  });
  return app;
}

function statusOf(error) {
  if (error instanceof InvalidArgumentError) return 400;
  if (error instanceof UnavailableError) return 503;
  return 500;
}

/** Stands for a sign-in. */
const signedIn = (request) => parseId(request.get("x-user"), "user");

/** Aborted when whoever asked has closed the connection: nobody needs the answer then. */
function whileOpen(response) {
  const controller = new AbortController();
  response.once("close", () => controller.abort());
  return controller.signal;
}
