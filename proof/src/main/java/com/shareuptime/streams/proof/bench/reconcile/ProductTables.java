package com.shareuptime.streams.proof.bench.reconcile;

import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.server.ProductDatabase;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/**
 * Fills the product's tables. The likes of a post go down with its rank as 1 / (rank + 9), so that
 * the most popular post has no more than some eighty thousand of ten million; one like of ten has a
 * comment beside it, and one of twenty a share.
 */
record ProductTables(Addresses addresses, BenchSize size) {
  /** Statements by which a large table is filled: none takes long enough to be given up. */
  private static final int PARTS = 50;

  /** Authors whom each reader follows. */
  private static final int FOLLOWS = 20;

  /** By which ranks are scattered over ids: it shares no divisor with usual sizes. */
  private static final long SCATTER = 611_953;

  private static final int HEAD = 9;

  private static final String USERS =
      """
      insert into public.users (id, username, display_name)
      select id, 'user' || id, 'User' from generate_series(1, %d) id
      """;

  /** Over the last sixty days: within what feeds keep. */
  private static final String POSTS =
      """
      insert into public.posts (id, author_id, content, created_at)
      select id, 1 + id %% %d, 'post ' || id, date_trunc('second', now()) - (%d - id) * interval '%d us'
      from generate_series(1, %d) id
      """;

  private static final String LIKES =
      """
      insert into public.likes (target_type, target_id, user_id)
      select 'post', p.id, 1 + (p.id * 7919 + i) %% %1$d
      from (select id, least(%1$d, round(%2$s / (%3$d + id * %4$d %% %5$d)))::integer as likes
            from generate_series(%6$d::bigint, %7$d::bigint) id) p
      cross join lateral generate_series(1, p.likes) i
      """;

  private static final String COMMENTS =
      """
      insert into public.comments (target_type, target_id, author_id, content, is_deleted)
      select 'post', target_id, user_id, 'a comment', user_id % 20 = 0 from public.likes
      where (target_id + user_id) % 10 = 0
      """;

  private static final String SHARES =
      """
      insert into public.shares (post_id, user_id)
      select target_id, user_id from public.likes where (target_id + user_id) % 20 = 1
      """;

  private static final String FOLLOWS_OF_READERS =
      """
      insert into public.follows (follower_id, followee_id)
      select distinct r, a from (
        select r, 1 + (r * 31 + i * 97) %% %d as a
        from generate_series(1, %d) r cross join generate_series(1, %d) i) f where r <> a
      """;

  private static final String ROWS =
      """
      select (select count(*) from public.likes) + (select count(*) from public.comments)
           + (select count(*) from public.shares)
      """;

  void fill() {
    try (Handle handle = ProductDatabase.at(addresses).open()) {
      // every row that is referred to exists
      handle.execute("set session_replication_role = replica");
      handle.execute(USERS.formatted(size.users()));
      handle.execute(
          POSTS.formatted(
              size.authors(), size.posts(), 60L * 86_400_000_000L / size.posts(), size.posts()));
      likes(handle);
      handle.execute(COMMENTS);
      handle.execute(SHARES);
      handle.execute(FOLLOWS_OF_READERS.formatted(size.authors(), size.users(), FOLLOWS));
      for (String table : List.of("users", "posts", "likes", "comments", "shares", "follows")) {
        handle.execute("vacuum (analyze) public." + table);
      }
      handle.execute("checkpoint");
    }
  }

  private void likes(Handle handle) {
    double weights =
        IntStream.range(HEAD, HEAD + size.posts()).mapToDouble(weight -> 1.0 / weight).sum();
    for (int part = 0; part < PARTS; part++) {
      long first = 1 + (long) size.posts() * part / PARTS;
      long last = (long) size.posts() * (part + 1) / PARTS;
      handle.execute(
          LIKES.formatted(
              size.users(), size.likes() / weights, HEAD, SCATTER, size.posts(), first, last));
    }
  }

  /** Likes, comments and shares. */
  long rowsThatCount() {
    return ProductDatabase.at(addresses)
        .withHandle(handle -> handle.select(ROWS).mapTo(long.class).one());
  }
}
