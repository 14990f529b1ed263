package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.proof.check.FeedPages.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What users' feeds are by the contract, from SQL over the product's tables. */
public final class FeedTruth {
  /** Posts by user: whom a user reads, himself too, and the rows that say so. */
  static final String ENTRIES =
      """
      (select f.follower_id as user_id, f.followee_id as author_id, f.xmin::text as followed
       from public.follows f where f.status = 'accepted'
       union all
       select u.id, u.id, '' from public.users u) s using (user_id)
      join public.users a on a.id = s.author_id and a.is_active
      join public.posts p on p.author_id = a.id and not p.is_deleted
        and p.visibility in ('public', 'followers')""";

  private static final String FEEDS =
      """
      select user_id, id, position, author_id, rows
      from (
        select s.user_id, p.id, %s as position, p.author_id,
               concat_ws('/', p.xmin, a.xmin, s.followed) as rows,
               row_number() over (partition by s.user_id
                                  order by p.created_at desc, p.id desc) as place
        from unnest(?::bigint[]) as wanted (user_id) join %s
      ) ranked
      where place <= ?
      order by user_id, place
      """
          .formatted(Truth.micros("p.created_at"), ENTRIES);

  /** A post that a transaction creates has the time of its begin, which may lie before. */
  private static final String NOW =
      """
      select pg_current_snapshot()::text,
             (extract(epoch from clock_timestamp() - interval '1 second') * 1000000)::bigint
      """;

  private static final String CHANGED =
      """
      select served.id
      from (select ?::pg_snapshot as seen) s,
           unnest(?::bigint[], ?::bigint[]) as served (id, position)
      left join public.posts p using (id)
      left join public.users a on a.id = p.author_id
      left join public.follows f on f.follower_id = ? and f.followee_id = a.id
      where p.id is null and served.position > ?
        or not (pg_visible_in_snapshot(p.xmin::text::xid8, s.seen)
                and pg_visible_in_snapshot(a.xmin::text::xid8, s.seen)
                and (f.xmin is null or pg_visible_in_snapshot(f.xmin::text::xid8, s.seen)))
      """;

  /**
   * An entry and the versions of the rows that put it there: equal only if none of them has been
   * changed, not even there and back.
   */
  public record Seen(Entry entry, long author, String rows) {}

  private FeedTruth() {}

  /** The newest entries of each of these users, of one moment. */
  public static Map<Long, List<Seen>> read(Handle handle, Collection<Long> users, int newest) {
    Map<Long, List<Seen>> feeds = new LinkedHashMap<>();
    users.forEach(user -> feeds.put(user, new ArrayList<>()));
    return handle
        .createQuery(FEEDS)
        .bindArray(0, Long.class, List.copyOf(users))
        .bind(1, newest)
        .reduceResultSet(
            feeds,
            (all, row, context) -> {
              Entry entry = new Entry(row.getLong(2), row.getLong(3));
              all.get(row.getLong(1)).add(new Seen(entry, row.getLong(4), row.getString(5)));
              return all;
            });
  }

  /**
   * A moment in the product's database.
   *
   * @param snapshot which transactions can be seen, as Postgres writes it
   * @param micros epoch microseconds after which every post was created that cannot be seen
   */
  record Moment(String snapshot, long micros) {}

  static Moment now(Handle handle) {
    return handle
        .select(NOW)
        .map((row, context) -> new Moment(row.getString(1), row.getLong(2)))
        .one();
  }

  /**
   * Those of these posts that were changed since a moment, themselves, or their author, or that
   * this user follows him, and those that have come and gone since: they may have been in the
   * user's feed for a while.
   */
  static Set<Long> changed(Handle handle, long user, List<Entry> posts, Moment moment) {
    return handle
        .createQuery(CHANGED)
        .bind(0, moment.snapshot())
        .bindArray(1, Long.class, posts.stream().map(Entry::postId).toList())
        .bindArray(2, Long.class, posts.stream().map(Entry::createdAt).toList())
        .bind(3, user)
        .bind(4, moment.micros())
        .mapTo(Long.class)
        .set();
  }

  static List<Long> users(Handle handle) {
    return handle.select("select id from public.users order by id").mapTo(Long.class).list();
  }

  static List<Entry> entries(List<Seen> seen) {
    return seen.stream().map(Seen::entry).toList();
  }
}
