package com.shareuptime.streams.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.topic.Topics;
import com.shareuptime.streams.ingest.mapping.IngestModel;
import com.shareuptime.streams.ingest.mapping.SourceTable;
import com.shareuptime.streams.model.BoundModel;
import com.shareuptime.streams.model.Entity;
import com.shareuptime.streams.model.Model;
import com.shareuptime.streams.option.ConnectionOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;

/** A database with tables of its own and a model of them, on the server of all tests. */
final class ModelDatabase implements AutoCloseable {
  private static final List<String> MIGRATIONS =
      List.of("V1__pipeline_heartbeat", "V2__cdc_generation", "V9__ingest_holes", "V11__model");

  private static final String RECORD =
      """
      insert into streams.model (source, statements) values (?, '')
      on conflict (one) do update set source = excluded.source
      """;

  private final IngestStack stack;
  private final String name;

  private List<CountedView> counters = CountedView.CANONICAL;

  private ModelDatabase(IngestStack stack, String name) {
    this.stack = stack;
    this.name = name;
  }

  /**
   * Creates it with what {@code migrate} would make.
   *
   * @param tables SQL that creates them
   */
  static ModelDatabase create(IngestStack stack, String name, String tables, String model)
      throws Exception {
    ModelDatabase database = new ModelDatabase(stack, name);
    stack.sql("drop database if exists " + name + " with (force)", "create database " + name);
    database.sql("create schema streams", tables);
    for (String migration : MIGRATIONS) {
      database.sql(resource(migration));
    }
    database.record(model);
    return database;
  }

  private static String resource(String migration) throws IOException {
    String path = "/com/shareuptime/streams/sql/migrations/source/" + migration + ".sql";
    try (InputStream file = ModelDatabase.class.getResourceAsStream(path)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Records a model, publishes its tables, and makes its views and topics. */
  void record(String model) throws Exception {
    try (Connection connection = connect()) {
      try (PreparedStatement statement = connection.prepareStatement(RECORD)) {
        statement.setString(1, model);
        statement.execute();
      }
      IngestModel recorded = IngestModel.read(connection);
      List<SourceTable> tables = recorded.tables();
      counters = counters(recorded.parse());
      try (Admin admin =
          Admin.create(Map.of("bootstrap.servers", stack.servers().kafkaBootstrap()))) {
        new Topics(admin, counters).apply();
      }
      BoundModel bound = recorded.bind(connection);
      try (Statement statement = connection.createStatement()) {
        statement.execute(publish(tables));
        statement.execute(function(tables));
        statement.execute(BoundModel.DROP_VIEWS);
        for (String view : bound.viewStatements(connection)) {
          statement.execute(view);
        }
      }
    }
  }

  /** All that there are, the last ones by ordinals of their own. */
  private static List<CountedView> counters(Model model) {
    List<CountedView> all = new ArrayList<>(CountedView.CANONICAL);
    for (Entity counter : model.counters()) {
      if (IdKinds.NUMBERS.counter(counter.name()).isEmpty()) {
        all.add(
            new CountedView(
                CounterKind.of(all.size()),
                counter.name(),
                counter.singular(),
                Set.of(),
                null,
                false,
                IdKind.NUMBER));
      }
    }
    return all;
  }

  private static String publish(List<SourceTable> tables) {
    return "drop publication if exists streams_cdc; create publication streams_cdc for table "
        + tables.stream().map(SourceTable::sqlName).collect(Collectors.joining(", "))
        + ", streams.pipeline_heartbeat with (publish_via_partition_root = true)";
  }

  private static String function(List<SourceTable> tables) {
    return tables.stream()
        .map(table -> "('%s', '%s')".formatted(table, table.sqlName()))
        .collect(
            Collectors.joining(
                ", ",
                "create or replace function streams.published_tables(publication name) returns"
                    + " table (table_name text, relation oid, columns text[], problem text, mend"
                    + " text) language sql stable as $$ select n, coalesce(to_regclass(s)::oid, 0),"
                    + " '{}'::text[], case when to_regclass(s) is null then 'does not exist' end,"
                    + " 'rename it back;' from (values ('streams.pipeline_heartbeat',"
                    + " 'streams.pipeline_heartbeat'), ",
                ") t (n, s) $$"));
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        url(), stack.servers().postgresUser(), stack.servers().postgresPassword());
  }

  private String url() {
    return stack.servers().postgresJdbcUrl().replaceFirst("/[^/?]*(\\?|$)", "/" + name + "$1");
  }

  /** Runs statements, each in a transaction of its own. */
  void sql(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The text that a query has for its answer; empty if it has no row. */
  Optional<String> text(String query) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
    }
  }

  IngestOptions options() {
    Configuration configuration = stack.configuration();
    configuration.set(ConnectionOptions.SOURCE_URL, url());
    configuration.set(IngestOptions.SLOT, name);
    return IngestOptions.of(configuration);
  }

  /** The topics as they are when they have what has committed by now. */
  TopicReplay replay() throws SQLException {
    TopicReplay replay =
        new TopicReplay(
            stack.servers().kafkaBootstrap(), Comparator.naturalOrder(), CdcTable.all(counters));
    long snapshot = Long.parseLong(text("select last_value from streams.cdc_generation").get());
    replay.readPast(snapshot, stack.walPosition(), TableRows.PATIENCE);
    return replay;
  }

  /** Every row of the model's views is in its topic as it is now, and nothing else. */
  void assertTopicsEqualViews() throws SQLException {
    try (TopicReplay replay = replay();
        Connection connection = connect()) {
      for (CdcTable table : CdcTable.all(counters)) {
        List<Map<String, String>> expected =
            text("select to_regclass('streams_model." + table.tableName() + "')").isPresent()
                ? TableRows.view(connection, table.tableName())
                : List.of();
        Map<String, JsonNode> rows = replay.rows(table);
        assertThat(TableRows.comparable(rows).values())
            .as("%s: %s", table, rows.keySet().stream().limit(20).toList())
            .containsExactlyInAnyOrderElementsOf(expected);
      }
    }
  }

  @Override
  public void close() throws Exception {
    stack.sql(
        "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = '%s'"
            .formatted(name),
        "drop database " + name + " with (force)");
  }
}
