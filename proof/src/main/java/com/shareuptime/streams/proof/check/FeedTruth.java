package com.shareuptime.streams.proof.check;

import static com.shareuptime.streams.proof.server.ProductDatabase.array;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.proof.check.FeedPages.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What users' feeds are by the contract, from SQL over the model's views. */
public final class FeedTruth {
  /** Posts by user: whom a user reads, himself too, and the rows that say so. */
  private static final String ENTRIES =
      """
      (select f.follower_id as user_id, f.followee_id as author_id, f.version as followed
       from {follows} f where f.status = 'accepted'
       union all
       select u.id, u.id, '' from {users} u) s using (user_id)
      join {users} a on a.id = s.author_id and a.is_active
      join {posts} p on p.author_id = a.id and not p.is_deleted and p.in_feeds
        and p.visibility in ('public', 'unlisted', 'followers')""";

  private static final String FEEDS =
      """
      select user_id, id, position, author_id, rows
      from (
        select s.user_id, p.id, %s as position, p.author_id,
               concat_ws('/', p.version, a.version, s.followed) as rows,
               row_number() over (partition by s.user_id
                                  order by p.created_at desc, {id} desc) as place
        from unnest(?::{user}[]) as wanted (user_id) join %s
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
           unnest(?::{post}[], ?::bigint[]) as served (id, position)
      left join {posts} p using (id)
      left join {users} a on a.id = p.author_id
      left join {follows} f on f.follower_id = ? and f.followee_id = a.id
      where p.id is null and served.position > ?
        or not (pg_visible_in_snapshot(p.version::xid8, s.seen)
                and pg_visible_in_snapshot(a.version::xid8, s.seen)
                and (f.version is null or pg_visible_in_snapshot(f.version::xid8, s.seen)))
      """;

  /**
   * An entry and the versions of the rows that put it there: equal only if none of them has been
   * changed, not even there and back.
   */
  public record Seen(Entry entry, Id author, String rows) {}

  private FeedTruth() {}

  /** A query over {@link #ENTRIES} or their parts, for the tables and ids of this database. */
  private static String on(Handle handle, IdKinds kinds, String query) {
    VersionedRows rows = VersionedRows.read(handle);
    return query
        .replace("{users}", rows.of("users"))
        .replace("{posts}", rows.of("posts"))
        .replace("{follows}", rows.of("follows"))
        .replace("{user}", kinds.users().sql())
        .replace("{post}", kinds.posts().sql())
        // as all order texts, whatever the database does
        .replace("{id}", kinds.posts() == IdKind.TEXT ? "p.id collate \"C\"" : "p.id");
  }

  /** What stands after {@code join} where users are wanted by {@code user_id}. */
  static String entries(Handle handle, IdKinds kinds) {
    return on(handle, kinds, ENTRIES);
  }

  /** The newest entries of each of these users, of one moment. */
  public static Map<Id, List<Seen>> read(
      Handle handle, IdKinds kinds, Collection<Id> users, int newest) {
    Map<Id, List<Seen>> feeds = new LinkedHashMap<>();
    users.forEach(user -> feeds.put(user, new ArrayList<>()));
    return handle
        .createQuery(on(handle, kinds, FEEDS))
        .bind(0, array(kinds.users(), users))
        .bind(1, newest)
        .reduceResultSet(
            feeds,
            (all, row, context) -> {
              Entry entry = new Entry(Id.ofSql(row.getObject(2)), row.getLong(3));
              Id author = Id.ofSql(row.getObject(4));
              all.get(Id.ofSql(row.getObject(1))).add(new Seen(entry, author, row.getString(5)));
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
  static Set<Id> changed(Handle handle, IdKinds kinds, Id user, List<Entry> posts, Moment moment) {
    return new HashSet<>(
        handle
            .createQuery(on(handle, kinds, CHANGED))
            .bind(0, moment.snapshot())
            .bind(1, array(kinds.posts(), posts.stream().map(Entry::postId).toList()))
            .bindArray(2, Long.class, posts.stream().map(Entry::createdAt).toList())
            .bind(3, kinds.users().sql(user))
            .bind(4, moment.micros())
            .mapTo(Id.class)
            .list());
  }

  static List<Id> users(Handle handle) {
    return handle.select("select id from streams_model.users order by id").mapTo(Id.class).list();
  }

  static List<Entry> entries(List<Seen> seen) {
    return seen.stream().map(Seen::entry).toList();
  }
}
