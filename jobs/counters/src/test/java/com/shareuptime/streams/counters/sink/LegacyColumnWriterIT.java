package com.shareuptime.streams.counters.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.bootstrap.KnownTargets;
import com.shareuptime.streams.counters.total.CounterUpdate;
import com.shareuptime.streams.counters.total.TruthChange;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.option.RedisAddress;
import com.shareuptime.streams.option.SecretFile;
import com.shareuptime.streams.sql.BaseSchema;
import com.shareuptime.streams.sql.Migrations;
import com.shareuptime.streams.version.WriteVersion;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The product's own columns, in a real Postgres. */
@Timeout(120)
class LegacyColumnWriterIT {
  private static final CounterTarget POST = new CounterTarget(Target.Type.POST, Id.of(1));
  private static final CounterTarget REEL = new CounterTarget(Target.Type.REEL, Id.of(1));

  private LocalStack stack;
  private PostgresAddress postgres;
  private LegacyColumnWriter writer;

  @BeforeEach
  void open() throws SQLException {
    stack = LocalStack.shared(Set.of(Server.POSTGRES, Server.REDIS));
    String url = stack.postgresJdbcUrl();
    BaseSchema.apply(url, stack.postgresUser(), stack.postgresPassword());
    Migrations.source(url, stack.postgresUser(), stack.postgresPassword());
    Migrations.sink(url, stack.postgresUser(), stack.postgresPassword());
    postgres =
        new PostgresAddress(
            url,
            stack.postgresUser(),
            new SecretFile("postgres.sink.password-file", stack.postgresPasswordFile().toString()));
    sql("truncate users cascade");
    sql("truncate streams.mirrored_counters");
    sql("insert into users (id, username, display_name) values (1, 'ada', 'Ada')");
    sql("insert into posts (id, author_id, content) values (1, 1, 'hello')");
    sql("insert into reels (id, author_id, video_url) values (1, 1, 'v')");
    writer = writer();
  }

  @AfterEach
  void close() {
    writer.close();
  }

  @Test
  void theColumnsBecomeWhatIsServed() throws Exception {
    writer.write(List.of(update(POST, 7, 2, 1, 10), update(REEL, 3, 4, 0, 10)));
    assertThat(post()).isEqualTo("7 2 1");
    assertThat(ask("select likes_count || ' ' || comments_count from reels where id = 1"))
        .isEqualTo("3 4");
  }

  /** Of a task manager that stood still while another took over. */
  @Test
  void anOlderWriteThatComesLateChangesNothing() throws Exception {
    LegacyColumnWriter frozen = writer();
    writer.write(List.of(update(POST, 7, 2, 1, 20), update(REEL, 5, 0, 0, 20)));
    frozen.write(List.of(update(POST, 6, 2, 1, 19), update(REEL, 4, 0, 0, 19)));
    frozen.close();
    assertThat(post()).isEqualTo("7 2 1");
    assertThat(ask("select likes_count from reels where id = 1")).isEqualTo("5");
    writer.write(List.of(update(POST, 8, 2, 1, 21)));
    assertThat(post()).isEqualTo("8 2 1");
  }

  @Test
  void aStartWithoutStateTakesBackVersionsOfRunsThatNeverWere() throws Exception {
    writer.write(List.of(update(POST, 7, 0, 0, WriteVersion.of(WriteVersion.MAX_RUN, 1))));
    RedisAddress redis =
        new RedisAddress(URI.create(stack.redisUrl()), new SecretFile("redis.password-file", null));
    List<TruthChange> known = new ArrayList<>();
    new KnownTargets(postgres, redis, postgres, IdKinds.NUMBERS)
        .flatMap(0L, new ListCollector<>(known));
    writer.write(List.of(update(POST, 8, 0, 0, WriteVersion.of(1, 1))));
    assertThat(post()).isEqualTo("8 0 0");
  }

  private LegacyColumnWriter writer() {
    LegacyColumnWriter opened = new LegacyColumnWriter(postgres);
    opened.open(new UnregisteredMetricsGroup());
    return opened;
  }

  private static CounterUpdate update(
      CounterTarget target, long likes, long comments, long shares, long version) {
    return new CounterUpdate(target, Counts.of(likes, comments, shares), version, false, 0);
  }

  private String post() throws SQLException {
    return ask(
        "select likes_count || ' ' || comments_count || ' ' || shares_count from posts where id ="
            + " 1");
  }

  private void sql(String sql) throws SQLException {
    try (Connection connection = postgres.connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String ask(String sql) throws SQLException {
    try (Connection connection = postgres.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }
}
