package com.shareuptime.streams.search;

import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.topic.Topics;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.option.KafkaAddress;
import com.shareuptime.streams.option.OptionLoader;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.search.sink.SearchSinks;
import com.shareuptime.streams.source.KafkaInputs;
import com.shareuptime.streams.source.KafkaTopics;
import com.shareuptime.streams.sql.BaseSchema;
import com.shareuptime.streams.sql.Migrations;
import com.shareuptime.streams.version.PostgresRunNumbers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;

/**
 * The real job on a Flink of this JVM.
 *
 * @param more options, beside where the servers are
 */
record LocalRun(LocalStack stack, Path checkpoints, List<String> more) {

  /** Tables, topics, and empty indexes that the run writes and the aliases promise. */
  void prepare(Index index) throws Exception {
    prepare(index, IdKinds.NUMBERS);
  }

  /** The same, of other ids. */
  void prepare(Index index, IdKinds kinds) throws Exception {
    String url = stack.postgresJdbcUrl();
    BaseSchema.apply(url, stack.postgresUser(), stack.postgresPassword());
    Migrations.source(url, stack.postgresUser(), stack.postgresPassword());
    Migrations.sink(url, stack.postgresUser(), stack.postgresPassword());
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.kafkaBootstrap()))) {
      new Topics(admin).apply();
    }
    tell(kinds);
    index.create(DocumentType.POST, "posts_v1", kinds);
    index.create(DocumentType.REEL, "reels_v1", kinds);
    execute("delete from streams.search_indexes");
    execute("delete from streams.pipeline_progress");
    execute(
        "insert into streams.search_indexes (name, alias, writer, state, promised) values"
            + " ('posts_v1', 'posts', 'search', 'complete', true),"
            + " ('reels_v1', 'reels', 'search', 'complete', true)");
  }

  /**
   * Starts it.
   *
   * @param savepoint null to start without state
   */
  JobClient start(int parallelism, String savepoint) throws Exception {
    Configuration cluster = new Configuration();
    cluster.setString("state.backend.type", "rocksdb");
    cluster.setString("execution.checkpointing.interval", "1 s");
    cluster.setString("execution.checkpointing.dir", checkpoints.toUri().toString());
    cluster.setString("pipeline.generic-types", "false");
    cluster.setString("pipeline.object-reuse", "true");
    cluster.setString("pipeline.max-parallelism", "720");
    cluster.setString("parallelism.default", Integer.toString(parallelism));
    cluster.setString("taskmanager.numberOfTaskSlots", "2");
    if (savepoint != null) {
      cluster.setString("execution.state-recovery.path", savepoint);
    }
    Configuration options = options();
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, cluster);
    env.setMaxParallelism(720);
    KafkaAddress kafka = KafkaAddress.of(options);
    SearchTargets targets =
        SearchTargets.of(PostgresAddress.sink(options), options.get(SearchOptions.RUN));
    IdKinds kinds = PostgresAddress.sink(options).idKinds();
    SearchJob.build(
        SearchSources.of(
            new KafkaInputs(SearchJob.NAME, env, kafka, KafkaTopics.of(kafka)),
            targets,
            kinds,
            options),
        new SearchSinks(SearchJob.NAME, options, targets),
        targets,
        kinds,
        new PostgresRunNumbers(PostgresAddress.sink(options)),
        SearchOptions.documents(options),
        options.get(SearchOptions.RENAMES_PER_SECOND));
    return env.executeAsync(SearchJob.NAME);
  }

  /** The progress of a surface in Postgres; 0 if there is none. */
  long visible(String surface) throws Exception {
    try (var connection = PostgresAddress.sink(options()).connect();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select (visible_lsn - '0/0')::bigint from streams.pipeline_progress where surface"
                    + " = '"
                    + surface
                    + "'")) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  /** As migrate tells the database. */
  private void tell(IdKinds kinds) throws Exception {
    forgetKinds();
    execute(
        "insert into streams.entities (name, singular, id_kind) values ('users', 'user', '%s'), ('posts', 'post', '%s'), ('reels', 'reel', '%s')"
            .formatted(kinds.users().sql(), kinds.posts().sql(), kinds.reels().sql()));
  }

  /** For tests that come later on the same stack: kinds of ids never change. */
  void forgetKinds() throws Exception {
    execute("delete from streams.entities");
  }

  private void execute(String sql) throws Exception {
    try (var connection = PostgresAddress.sink(options()).connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Configuration options() {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--postgres.sink.url",
                stack.postgresJdbcUrl(),
                "--postgres.sink.user",
                stack.postgresUser(),
                "--postgres.sink.password-file",
                stack.postgresPasswordFile().toString(),
                "--kafka.bootstrap",
                stack.kafkaBootstrap(),
                "--redis.url",
                stack.redisUrl(),
                "--opensearch.url",
                stack.openSearchUrl(),
                "--search.flush",
                "100 ms",
                "--search.gate.bootstrap-spread",
                "200 ms",
                "--counters.min-interval",
                "500 ms"));
    arguments.addAll(more);
    return OptionLoader.load(arguments.toArray(new String[0]), SearchOptions.OPTIONS.all());
  }
}
