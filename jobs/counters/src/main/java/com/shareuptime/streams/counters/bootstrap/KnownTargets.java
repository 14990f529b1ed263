package com.shareuptime.streams.counters.bootstrap;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.redis.RedisId;
import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.total.TruthChange;
import com.shareuptime.streams.counters.total.TruthChange.Refresh;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.option.RedisAddress;
import com.shareuptime.streams.sink.redis.RedisKeys;
import com.shareuptime.streams.source.RawRecord;
import com.shareuptime.streams.version.RunNumbers;
import com.shareuptime.streams.version.WriteVersion;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists every target that Postgres or Redis holds counters of, so that a start without state writes
 * each of them: what is stale is overwritten, what nobody knows is deleted. Runs once, while the
 * gate is shut; all that appears in the sinks later is this job's own.
 *
 * <p>A row whose version claims a run that was never drawn could never be overwritten: it is set
 * back.
 */
public final class KnownTargets extends RichFlatMapFunction<Long, TruthChange> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(KnownTargets.class);
  private static final long ANY_RUN = -1;
  private static final int FETCH = 5_000;

  private final PostgresAddress postgres;
  private final RedisAddress redis;
  private final PostgresAddress mirror;
  private final IdKinds kinds;

  /**
   * @param mirror the database with the product's own columns; null if they are not written
   * @param kinds of ids
   */
  public KnownTargets(
      PostgresAddress postgres, RedisAddress redis, PostgresAddress mirror, IdKinds kinds) {
    this.postgres = postgres;
    this.redis = redis;
    this.mirror = mirror;
    this.kinds = kinds;
  }

  @Override
  public void flatMap(Long start, Collector<TruthChange> out) throws Exception {
    long lastRun;
    try (Connection connection = postgres.connect()) {
      lastRun = lastRun(connection);
      resetForeign(connection, "streams.counters", lastRun);
      listPostgres(connection, out);
    }
    listRedis(lastRun, out);
    if (mirror != null) {
      try (Connection connection = mirror.connect()) {
        resetForeign(connection, "streams.mirrored_counters", lastRun);
      }
    }
  }

  /**
   * The same for every later start: nothing, unless a store holds what this job cannot know.
   *
   * @param unending an input that does not end
   */
  public DataStream<TruthChange> afterLosses(DataStream<RawRecord> unending, RunNumbers numbers) {
    return RelistTargets.of(unending, this::listAgain, numbers);
  }

  /**
   * Lists them for a run that goes on with its state after a store went back in time. Runs that the
   * sink database knows nothing of are this job's own, if it is that database that went back.
   */
  void listAgain(Collector<TruthChange> out) throws Exception {
    try (Connection connection = postgres.connect()) {
      listPostgres(connection, out);
    }
    listRedis(ANY_RUN, out);
  }

  private static long lastRun(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select last_value from streams.run_numbers")) {
      row.next();
      return row.getLong(1);
    }
  }

  private void listPostgres(Connection connection, Collector<TruthChange> out) throws SQLException {
    connection.setAutoCommit(false); // a cursor, not the whole table in memory
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH);
      try (ResultSet rows =
          statement.executeQuery(
              "select target_type, target_id from streams.counters where deleted_at is null")) {
        while (rows.next()) {
          Id id = Id.ofSql(rows.getObject(2));
          target(rows.getString(1), kind -> kind.convert(id))
              .map(Refresh::new)
              .ifPresent(out::collect);
        }
      }
    }
  }

  private static void resetForeign(Connection connection, String table, long lastRun)
      throws SQLException {
    try (PreparedStatement foreign =
        connection.prepareStatement(
            "update "
                + table
                + " set version = 0 where version >> "
                + WriteVersion.SEQ_BITS
                + " > ?")) {
      foreign.setLong(1, lastRun);
      int reset = foreign.executeUpdate();
      if (reset > 0) {
        LOG.warn("{} rows of {} had versions of runs that never were", reset, table);
      }
    }
  }

  private void listRedis(long lastRun, Collector<TruthChange> out) {
    String newest = WriteVersion.text((lastRun + 1) << WriteVersion.SEQ_BITS);
    try (RedisKeys keys = RedisKeys.open(redis)) {
      int reset =
          keys.scan(
              RedisKey.COUNTERS.pattern(),
              "v",
              (key, version) -> {
                RedisKey.COUNTERS
                    .subject(key)
                    .flatMap(this::target)
                    .map(Refresh::new)
                    .ifPresent(out::collect);
                return lastRun != ANY_RUN && version != null && version.compareTo(newest) >= 0;
              });
      if (reset > 0) {
        LOG.warn("{} keys counters:* of Redis had versions of runs that never were", reset);
      }
    }
  }

  private Optional<CounterTarget> target(String subject) {
    int colon = subject.indexOf(':');
    return colon < 0
        ? Optional.empty()
        : target(
            subject.substring(0, colon), kind -> RedisId.read(subject.substring(colon + 1), kind));
  }

  private Optional<CounterTarget> target(String label, Function<IdKind, Id> id) {
    return kinds.type(label).flatMap(type -> target(type, id));
  }

  private Optional<CounterTarget> target(Target.Type type, Function<IdKind, Id> id) {
    try {
      return Optional.of(id.apply(kinds.of(type)))
          .filter(Id::isPositive)
          .map(known -> new CounterTarget(type, known));
    } catch (NumberFormatException e) { // somebody else's
      return Optional.empty();
    }
  }
}
