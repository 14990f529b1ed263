package com.shareuptime.streams.reconcile.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.option.ConnectionOptions;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.reconcile.plan.IdBucket;
import com.shareuptime.streams.reconcile.plan.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A comparison against a real database in which others commit at the worst moment. */
@Timeout(60)
class ComparisonIT {
  private static final String TABLE = "public.compared_while_it_changes";

  private final List<Ledger.Result> results = new ArrayList<>();
  private PostgresAddress address;
  private Connection others;

  /** Rows with nothing in them; a surface that has none of them lacks nothing. */
  private record Anything() implements Copy<Long> {
    @Override
    public long version() {
      return 0;
    }

    @Override
    public Optional<Difference> differenceFrom(Long truth) {
      return Optional.empty();
    }
  }

  private static final Copies<Long> NOTHING =
      new Copies<>() {
        @Override
        public Surface surface() {
          return Surface.COUNTERS_REDIS;
        }

        @Override
        public Map<Id, Copy<Long>> read(IdBucket bucket, Collection<Id> known) {
          return Map.of();
        }

        @Override
        public Map<Id, Copy<Long>> read(Ids ids) {
          return Map.of();
        }

        @Override
        public Copy<Long> absent() {
          return new Anything();
        }

        @Override
        public Duration settlesWithin() {
          return Duration.ZERO;
        }

        @Override
        public void close() {
          // nothing is open
        }
      };

  @BeforeEach
  void prepare() throws SQLException {
    LocalStack stack = LocalStack.shared(Set.of(Server.POSTGRES));
    Configuration options = new Configuration();
    options.set(ConnectionOptions.SOURCE_URL, stack.postgresJdbcUrl());
    options.set(ConnectionOptions.SOURCE_USER, stack.postgresUser());
    options.set(ConnectionOptions.SOURCE_PASSWORD_FILE, stack.postgresPasswordFile().toString());
    address = PostgresAddress.source(options);
    others = address.connect();
    sql("create table %s (id bigint)".formatted(TABLE));
  }

  @AfterEach
  void close() throws SQLException {
    sql("drop table " + TABLE);
    others.close();
  }

  private void sql(String sql) throws SQLException {
    try (Statement statement = others.createStatement()) {
      statement.execute(sql);
    }
  }

  /** What a client has once its commit is acknowledged. */
  private long token() throws SQLException {
    try (Statement statement = others.createStatement();
        var row = statement.executeQuery("select pg_current_wal_insert_lsn()")) {
      row.next();
      return Lsn.parse(row.getString(1)).position();
    }
  }

  private Tables<Long> whoseReadingIsFollowedBy(Commit commit) {
    return new Tables<>() {
      @Override
      public Map<Id, Long> read(Connection snapshot, IdBucket bucket, Collection<Id> shown)
          throws SQLException {
        Map<Id, Long> rows = new HashMap<>();
        try (Statement statement = snapshot.createStatement();
            var row = statement.executeQuery("select id from " + TABLE)) {
          while (row.next()) {
            rows.put(Id.ofSql(row.getObject(1)), row.getLong(1));
          }
        }
        commit.now(rows);
        return rows;
      }

      @Override
      public Map<Id, Long> read(Connection snapshot, Ids ids) {
        return Map.of();
      }
    };
  }

  private interface Commit {
    void now(Map<Id, Long> alreadyRead) throws SQLException;
  }

  private void compare(Tables<Long> tables) throws Exception {
    Ledger ledger =
        new Ledger() {
          @Override
          public void found(Finding finding) {
            throw new AssertionError("nothing differs, and yet: " + finding);
          }

          @Override
          public void compared(Result result) {
            results.add(result);
          }
        };
    try (Comparison<Long> comparison =
        new Comparison<>(
            tables,
            List.of(NOTHING),
            address,
            surface -> new Moment(0, 0),
            ledger,
            new Comparison.Settings(1, Duration.ZERO))) {
      comparison.compare(new IdBucket(Scope.POST_COUNTERS, IdKind.NUMBER, Id.of(0), Id.of(8_191)));
    }
  }

  @Test
  void whatIsCommittedWhileTheTablesAreReadIsNotSaidToBeCompared() throws Exception {
    long[] token = new long[1];
    compare(
        whoseReadingIsFollowedBy(
            rows -> {
              assertThat(rows).isEmpty();
              sql("insert into %s values (1)".formatted(TABLE));
              token[0] = token();
            }));
    assertThat(results)
        .singleElement()
        .satisfies(result -> assertThat(result.moment().lsn()).isLessThan(token[0]));
  }

  @Test
  void whatWasCommittedBeforeIsSaidToBeCompared() throws Exception {
    sql("insert into %s values (1)".formatted(TABLE));
    long token = token();
    sql("insert into %s values (2)".formatted(TABLE));
    compare(whoseReadingIsFollowedBy(rows -> assertThat(rows).hasSize(2)));
    assertThat(results)
        .singleElement()
        .satisfies(result -> assertThat(result.moment().lsn()).isGreaterThanOrEqualTo(token));
  }

  /** Its record may be in the log before anybody can see it: the token of its client says when. */
  @Test
  void aCommitThatIsAcknowledgedAfterTheReadingIsNotSaidToBeCompared() throws Exception {
    sql("insert into %s values (1)".formatted(TABLE));
    long acknowledgedLater = token();
    compare(whoseReadingIsFollowedBy(rows -> {}));
    assertThat(results)
        .singleElement()
        .satisfies(result -> assertThat(result.moment().lsn()).isNotEqualTo(acknowledgedLater));
  }
}
