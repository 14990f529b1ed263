package com.shareuptime.streams.reconcile.plan;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Buckets of ids that are no numbers. Together they have every id that there may be. A bound stays
 * from run to run, and so does what is known of a bucket; one whose rows have become too many is
 * parted, by a sample of the ids.
 */
final class SampledBounds {
  /** A bucket with so many of the sample has twice the rows that it should have, or more. */
  private static final int TOO_MANY = 3;

  private static final String SAMPLE =
      """
      select id from (select id, row_number() over (order by id %1$s) as n from (%2$s) ids) numbered
      where n %% %3$d = 0\
      """;

  private static final String FORMER =
      "select distinct first_id from streams.reconcile_buckets where scope = ?";

  /** A part knows what was known of the whole. */
  private static final String KNOWN =
      """
      insert into streams.reconcile_buckets
        (surface, scope, first_id, last_id, run, compared_lsn, compared_at, wrong, unverified)
      select s, ?, b.f, b.l, whole.run, whole.compared_lsn, whole.compared_at,
             coalesce(whole.wrong, 0), coalesce(whole.unverified, 0)
      from unnest(?::text[]) s cross join unnest(?::%1$s[], ?::%1$s[]) b (f, l)
      left join lateral (
        select * from streams.reconcile_buckets k
        where k.surface = s and k.scope = ? and k.first_id <= b.f
        order by k.first_id desc limit 1
      ) whole on true
      on conflict (surface, scope, first_id) do update set last_id = excluded.last_id
      where reconcile_buckets.last_id <> excluded.last_id
      """;

  private final Scope scope;
  private final IdKind kind;
  private final IdKinds kinds;

  /** Of the columns that have ids of all scopes. */
  private final IdKind kept;

  SampledBounds(Scope scope, IdKinds kinds) {
    this.scope = scope;
    this.kind = scope.kind(kinds);
    this.kinds = kinds;
    this.kept = kinds.all();
  }

  /** The buckets as they are from now on; all in the order of their ids. */
  List<IdBucket> buckets(Connection tables, Connection sinks) throws SQLException {
    return buckets(bounds(former(sinks), sample(tables)));
  }

  /** Notes them. */
  void know(List<IdBucket> buckets, Object[] surfaces, Connection sinks) throws SQLException {
    try (PreparedStatement known = sinks.prepareStatement(KNOWN.formatted(kept.sql()))) {
      known.setString(1, scope.name());
      known.setArray(2, sinks.createArrayOf("text", surfaces));
      known.setArray(3, array(buckets.stream().map(IdBucket::first).toList(), sinks));
      known.setArray(4, array(buckets.stream().map(IdBucket::last).toList(), sinks));
      known.setString(5, scope.name());
      known.executeUpdate();
    }
  }

  private Array array(List<Id> ids, Connection sinks) throws SQLException {
    return sinks.createArrayOf(kept.sql(), ids.stream().map(kept::sql).toArray());
  }

  private List<Id> former(Connection sinks) throws SQLException {
    try (PreparedStatement former = sinks.prepareStatement(FORMER)) {
      former.setString(1, scope.name());
      return ids(former.executeQuery());
    }
  }

  private List<Id> sample(Connection tables) throws SQLException {
    String order = kind == IdKind.TEXT ? "collate \"C\"" : "";
    try (Statement sample = tables.createStatement()) {
      return ids(
          sample.executeQuery(SAMPLE.formatted(order, scope.ids(kinds), 1L << scope.bucketBits())));
    }
  }

  private static List<Id> ids(ResultSet rows) throws SQLException {
    List<Id> ids = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        ids.add(Id.ofSql(rows.getObject(1)));
      }
    }
    return ids;
  }

  /** Where buckets begin: the lowest of all ids, what there was, and what parts it. */
  TreeSet<Id> bounds(List<Id> former, List<Id> sample) {
    TreeSet<Id> whole = new TreeSet<>(former);
    whole.add(Id.ofSql(kind.sql(Id.LOWEST)));
    TreeSet<Id> sampled = new TreeSet<>(sample);
    TreeSet<Id> bounds = new TreeSet<>(whole);
    for (Id first : whole) {
      Id next = whole.higher(first);
      var inside =
          next == null ? sampled.tailSet(first, false) : sampled.subSet(first, false, next, false);
      if (inside.size() >= TOO_MANY) {
        bounds.addAll(inside);
      }
    }
    return bounds;
  }

  private List<IdBucket> buckets(TreeSet<Id> bounds) {
    List<IdBucket> buckets = new ArrayList<>(bounds.size());
    for (Id first : bounds) {
      Id next = bounds.higher(first);
      Id last = next == null ? Id.ofSql(kind.sql(Id.HIGHEST)) : before(kind, next);
      buckets.add(new IdBucket(scope, kind, first, last));
    }
    return buckets;
  }

  /** What no id that is below another one exceeds. */
  static Id before(IdKind kind, Id bound) {
    if (kind == IdKind.UUID) {
      long low = bound.low() - 1;
      return Id.ofUuid(bound.low() == 0 ? bound.high() - 1 : bound.high(), low);
    }
    String text = bound.toString();
    int end = text.codePointBefore(text.length());
    String prefix = text.substring(0, text.length() - Character.charCount(end));
    if (end == 1) { // no text has a character 0
      return Id.of(prefix);
    }
    int lower = end - 1 == Character.MAX_SURROGATE ? Character.MIN_SURROGATE - 1 : end - 1;
    return Id.of(prefix + Character.toString(lower) + IdKind.TEXT.sql(Id.HIGHEST));
  }
}
