package com.shareuptime.streams.reconcile.plan;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.option.OptionException;
import com.shareuptime.streams.option.PostgresAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The buckets that a run compares.
 *
 * @param run its number in {@code streams.reconcile_runs}
 * @param kinds what ids are
 */
public record BucketPlan(long run, IdKinds kinds, List<IdBucket> buckets) {
  private static final String IDS = "select distinct id >> %d from (%s) ids";

  private static final String SHOWN =
      "select distinct %s >> %d from streams.counters where target_type = '%s'";

  private static final String RUN =
      "insert into streams.reconcile_runs (surfaces, selection, planned) values (?, ?, ?)"
          + " returning run";

  /**
   * One that the former list lacks was empty then, so that nothing in it could be wrong; it comes
   * first all the same.
   */
  private static final String KNOWN =
      """
      insert into streams.reconcile_buckets
        (surface, scope, first_id, last_id, compared_lsn)
      select s, c.scope, f, f + ?, former.listed_lsn
      from (select ?::text as scope) c
      cross join unnest(?::text[]) s cross join unnest(?::bigint[]) f
      left join streams.reconcile_scopes former on former.scope = c.scope
      on conflict (surface, scope, first_id) do nothing
      """;

  private static final String LISTED =
      """
      insert into streams.reconcile_scopes (scope, listed_lsn, listed_at)
      values (?, ?::pg_lsn, clock_timestamp())
      on conflict (scope) do update
      set listed_lsn = excluded.listed_lsn, listed_at = excluded.listed_at
      """;

  /** A position that is still to come is one of another history: the source was put back. */
  private static final String OVERTAKEN =
      """
      update streams.reconcile_buckets set compared_lsn = null
      where scope = ? and compared_lsn > ?::pg_lsn
      """;

  private static final String UNVERIFIED =
      """
      update streams.pipeline_progress set verified_lsn = null, verified_at = null
      where surface = any (?) and verified_lsn > ?::pg_lsn
      """;

  private static final String GONE =
      "delete from streams.reconcile_buckets where scope = ? and first_id <> all (?)";

  /** Those never compared first; a bucket is as old as its oldest surface. */
  private static final String CHOSEN =
      """
      select scope, first_id from streams.reconcile_buckets where scope = any (?)
      group by scope, first_id
      having %s
      order by min(coalesce(compared_at, 'epoch')), scope, first_id
      limit ?
      """;

  private static final String ALL =
      "select count(*) from (select distinct scope, first_id from streams.reconcile_buckets"
          + " where scope = any (?)) b";

  /** Tells where a store other than a database shows something: that may be no table's. */
  @FunctionalInterface
  public interface Shown {
    /** A number in each bucket of a scope in which it does; none where it is not asked. */
    Ids buckets(Scope scope);
  }

  /**
   * Plans a run and writes it down.
   *
   * @param surfaces of which all is compared
   * @throws OptionException if a database does not answer, or lacks the tables
   */
  public static BucketPlan of(
      PostgresAddress source,
      PostgresAddress sink,
      Shown shown,
      Set<Surface> surfaces,
      Selection selection) {
    IdKinds kinds = sink.idKinds();
    try (Connection sinks = sink.connect()) {
      sinks.setAutoCommit(false);
      Map<Scope, Listing> listings = new LinkedHashMap<>();
      for (Scope scope : scopes(surfaces, kinds)) {
        Listing listing =
            scope.kind(kinds) == IdKind.NUMBER
                ? numbered(source, sinks, scope, kinds, shown)
                : sampled(source, sinks, scope, kinds);
        know(scope, kinds, listing, sinks);
        listings.put(scope, listing);
      }
      List<IdBucket> chosen = chosen(sinks, kinds, listings, selection);
      long run = begin(sinks, chosen, selection);
      sinks.commit();
      return new BucketPlan(run, kinds, chosen);
    } catch (SQLException e) {
      throw new OptionException(
          "Cannot plan: %s. The source is '%s', the read models are in '%s' (options 'postgres.*'); the tables of reconcile come with ./streams migrate"
              .formatted(e.getMessage(), source.url(), sink.url()));
    }
  }

  private static List<Scope> scopes(Set<Surface> surfaces, IdKinds kinds) {
    return Scope.all(kinds).stream()
        .filter(scope -> scope.surfaces().stream().anyMatch(surfaces::contains))
        .toList();
  }

  /**
   * The buckets in which there is anything.
   *
   * @param lsn all that was committed up to it is in one of them
   */
  private record Listing(List<IdBucket> buckets, long lsn) {
    Map<Id, IdBucket> byFirst() {
      return buckets.stream().collect(Collectors.toMap(IdBucket::first, bucket -> bucket));
    }
  }

  private static Listing sampled(
      PostgresAddress source, Connection sinks, Scope scope, IdKinds kinds) throws SQLException {
    try (Connection tables = source.connect()) {
      long lsn = SourcePosition.before(tables);
      return new Listing(new SampledBounds(scope, kinds).buckets(tables, sinks), lsn);
    }
  }

  private static Listing numbered(
      PostgresAddress source, Connection sinks, Scope scope, IdKinds kinds, Shown shown)
      throws SQLException {
    Set<Long> numbers = new LinkedHashSet<>(Set.of(0L)); // something to compare in empty tables
    long lsn;
    try (Connection tables = source.connect()) {
      lsn = SourcePosition.before(tables);
      numbers(tables, IDS.formatted(scope.bucketBits(), scope.ids(kinds)), numbers);
    }
    if (scope.surfaces().contains(Surface.COUNTERS_POSTGRES)) {
      String id = kinds.targets() == IdKind.NUMBER ? "target_id" : "target_id::bigint";
      numbers(sinks, SHOWN.formatted(id, scope.bucketBits(), scope.keyPrefix()), numbers);
    }
    for (Id id : shown.buckets(scope)) {
      numbers.add(IdBucket.number(scope, id));
    }
    return new Listing(numbers.stream().map(n -> IdBucket.numbered(scope, n)).toList(), lsn);
  }

  private static void numbers(Connection connection, String query, Set<Long> numbers)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        numbers.add(row.getLong(1));
      }
    }
  }

  private static void know(Scope scope, IdKinds kinds, Listing listing, Connection sinks)
      throws SQLException {
    Ids firsts = Ids.of(listing.buckets().stream().map(IdBucket::first).toList());
    Object[] surfaces = scope.surfaces().stream().map(Surface::label).toArray();
    try (PreparedStatement known = sinks.prepareStatement(KNOWN);
        PreparedStatement listed = sinks.prepareStatement(LISTED);
        PreparedStatement overtaken = sinks.prepareStatement(OVERTAKEN);
        PreparedStatement unverified = sinks.prepareStatement(UNVERIFIED);
        PreparedStatement gone = sinks.prepareStatement(GONE)) {
      if (scope.kind(kinds) == IdKind.NUMBER) {
        known.setLong(1, (1L << scope.bucketBits()) - 1);
        known.setString(2, scope.name());
        known.setArray(3, sinks.createArrayOf("text", surfaces));
        known.setArray(4, IdKind.NUMBER.sql(firsts, sinks));
        known.executeUpdate();
      } else {
        new SampledBounds(scope, kinds).know(listing.buckets(), surfaces, sinks);
      }
      listed.setString(1, scope.name());
      listed.setString(2, new Lsn(listing.lsn()).toString());
      listed.executeUpdate();
      overtaken.setString(1, scope.name());
      overtaken.setString(2, new Lsn(listing.lsn()).toString());
      overtaken.executeUpdate();
      unverified.setArray(1, sinks.createArrayOf("text", surfaces));
      unverified.setString(2, new Lsn(listing.lsn()).toString());
      unverified.executeUpdate();
      gone.setString(1, scope.name());
      gone.setArray(2, kinds.all().sql(firsts, sinks));
      gone.executeUpdate();
    }
  }

  private static List<IdBucket> chosen(
      Connection sinks, IdKinds kinds, Map<Scope, Listing> listings, Selection selection)
      throws SQLException {
    var names = sinks.createArrayOf("text", listings.keySet().stream().map(Scope::name).toArray());
    int all;
    try (PreparedStatement count = sinks.prepareStatement(ALL)) {
      count.setArray(1, names);
      try (ResultSet row = count.executeQuery()) {
        row.next();
        all = row.getInt(1);
      }
    }
    Map<String, Map<Id, IdBucket>> known = new HashMap<>();
    Map<String, Scope> byName = new HashMap<>();
    listings.forEach(
        (scope, listing) -> {
          known.put(scope.name(), listing.byFirst());
          byName.put(scope.name(), scope);
        });
    List<IdBucket> chosen = new ArrayList<>();
    try (PreparedStatement statement =
        sinks.prepareStatement(CHOSEN.formatted(selection.condition()))) {
      statement.setArray(1, names);
      statement.setInt(2, selection.of(all));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          Scope scope = byName.get(row.getString(1));
          Id first = scope.kind(kinds).convert(Id.ofSql(row.getObject(2)));
          chosen.add(known.get(scope.name()).get(first));
        }
      }
    }
    return chosen;
  }

  private static long begin(Connection sinks, List<IdBucket> chosen, Selection selection)
      throws SQLException {
    List<String> surfaces =
        chosen.stream()
            .flatMap(bucket -> bucket.scope().surfaces().stream())
            .map(Surface::label)
            .distinct()
            .sorted()
            .toList();
    int planned = chosen.stream().mapToInt(bucket -> bucket.scope().surfaces().size()).sum();
    try (PreparedStatement insert = sinks.prepareStatement(RUN)) {
      insert.setArray(1, sinks.createArrayOf("text", surfaces.toArray()));
      insert.setString(2, selection.toString());
      insert.setInt(3, planned);
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
