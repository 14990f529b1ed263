// A page of a feed. Try it on a local stack, in this package's folder:
//   npm ci && eval "$(../streams env)" && export POSTGRES_URL REDIS_URL && node examples/feed.mjs 7 [CURSOR]
import pg from "pg";
import { createClient } from "redis";
import { createStreams } from "@shareuptime/streams";

const postgres = new pg.Pool({ connectionString: process.env.POSTGRES_URL });
// no offline queue: while Redis is away a command fails at once, and the tables answer
const redis = createClient({ url: process.env.REDIS_URL, disableOfflineQueue: true, socket: { connectTimeout: 500 } });
redis.on("error", () => {});
await Promise.race([redis.connect(), new Promise((resolve) => setTimeout(resolve, 500))]).catch(() => {});

const [user, after] = process.argv.slice(2);
const page = await createStreams({ postgres, redis }).feed.page(user, { after });
console.log(JSON.stringify(page, null, 2));

redis.destroy();
await postgres.end();
