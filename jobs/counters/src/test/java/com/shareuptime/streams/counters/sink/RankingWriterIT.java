package com.shareuptime.streams.counters.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.counters.trending.Ranking;
import com.shareuptime.streams.counters.trending.TrendingList;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.option.SecretFile;
import com.shareuptime.streams.sql.Migrations;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of lists, with ids of each kind. */
@Timeout(120)
class RankingWriterIT {
  private PostgresAddress postgres;

  @BeforeEach
  void open() {
    LocalStack stack = LocalStack.shared(Set.of(Server.POSTGRES));
    Migrations.sink(stack.postgresJdbcUrl(), stack.postgresUser(), stack.postgresPassword());
    postgres =
        new PostgresAddress(
            stack.postgresJdbcUrl(),
            stack.postgresUser(),
            new SecretFile("postgres.sink.password-file", stack.postgresPasswordFile().toString()));
  }

  @AfterEach
  void makeNumbersAgain() throws SQLException {
    makeIds(IdKind.NUMBER);
  }

  @ParameterizedTest
  @CsvSource({"NUMBER, 42", "UUID, c0ffee00-0000-4000-8000-000000000001", "TEXT, ü{1}"})
  void aListIsReplacedByALaterOne(IdKind kind, String best) throws Exception {
    makeIds(kind);
    RankingWriter writer = new RankingWriter(postgres, kind);
    writer.open(new UnregisteredMetricsGroup());
    Id id = kind.parse(best);
    writer.write(List.of(ranking(id, 2, 10)));
    writer.write(List.of(ranking(id, 3, 20)));
    writer.write(List.of(ranking(id, 1, 15)));
    writer.close();
    assertThat(ask("select target_id || ' ' || score from streams.trending"))
        .isEqualTo(best + " 3");
  }

  /** A column of numbers and UUIDs is one of texts. */
  @Test
  void aNumberMayStandInAColumnOfTexts() throws Exception {
    makeIds(IdKind.TEXT);
    RankingWriter writer = new RankingWriter(postgres, IdKind.TEXT);
    writer.open(new UnregisteredMetricsGroup());
    writer.write(List.of(ranking(Id.of(42), 2, 10)));
    writer.close();
    assertThat(ask("select target_id from streams.trending")).isEqualTo("42");
  }

  private static Ranking ranking(Id best, double score, long time) {
    return new Ranking(TrendingList.POSTS, List.of(new Ranking.Entry(best, score)), time);
  }

  private void makeIds(IdKind kind) throws SQLException {
    sql("truncate streams.trending");
    sql(
        "alter table streams.trending alter column target_id type %1$s using null::%1$s"
            .formatted(kind.sql()));
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
