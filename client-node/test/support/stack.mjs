// The servers, as `./streams env` prints them:
//   eval "$(../streams env)" && export POSTGRES_URL REDIS_URL OPENSEARCH_URL KAFKA_BOOTSTRAP
import pg from "pg";
import { createClient } from "redis";

export const { POSTGRES_URL, REDIS_URL, OPENSEARCH_URL, KAFKA_BOOTSTRAP } = process.env;

/** Why a test is skipped, or false. */
export const lacksStores = !(POSTGRES_URL && REDIS_URL) && "POSTGRES_URL and REDIS_URL are not set";
export const lacksStack = (lacksStores || !(OPENSEARCH_URL && KAFKA_BOOTSTRAP)) && "no stack: its variables are not set";

export function pool(url = POSTGRES_URL) {
  const made = new pg.Pool({ connectionString: url });
  made.on("error", () => {}); // an idle connection broke: the next query opens another
  return made;
}

export async function redisClient(database = 0) {
  const client = createClient({ url: REDIS_URL, database, disableOfflineQueue: true });
  client.on("error", () => {});
  return client.connect();
}

/** The feed as the contract words it, in plain SQL that no reader would want to wait for. */
export async function contractFeed(postgres, user) {
  const { rows } = await postgres.query(
    `select p.id::text
     from public.posts p join public.users a on a.id = p.author_id
     where (p.author_id = $1 or p.author_id in (
              select followee_id from public.follows where follower_id = $1 and status = 'accepted'))
       and a.is_active and not p.is_deleted and p.visibility in ('public', 'unlisted', 'followers')
     order by p.created_at desc, p.id desc`,
    [user],
  );
  return rows.map(({ id }) => id);
}

export async function wholeFeed(feed, user, size) {
  const ids = [];
  const sources = new Set();
  for (let after; after !== null; ) {
    const page = await feed.page(user, { after, size });
    ids.push(...page.entries.map(({ id }) => id));
    sources.add(page.source);
    after = page.next;
  }
  return { ids, sources };
}
