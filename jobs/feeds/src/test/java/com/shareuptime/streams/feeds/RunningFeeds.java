package com.shareuptime.streams.feeds;

import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.feeds.sink.DeliveryRecords;
import com.shareuptime.streams.feeds.sink.FeedSinks;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.option.KafkaAddress;
import com.shareuptime.streams.option.OptionLoader;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.source.KafkaInputs;
import com.shareuptime.streams.source.KafkaTopics;
import com.shareuptime.streams.version.PostgresRunNumbers;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The feeds job on a test's own stack, as its {@code main} puts it together. */
final class RunningFeeds {
  private RunningFeeds() {}

  static JobClient start(Configuration options, Path checkpoints) throws Exception {
    return start(options, checkpoints, 2, new Configuration());
  }

  /** From a savepoint, at any width. */
  static JobClient restore(
      Configuration options, Path checkpoints, int parallelism, String savepoint) throws Exception {
    Configuration cluster = new Configuration();
    cluster.setString("execution.savepoint.path", savepoint);
    return start(options, checkpoints, parallelism, cluster);
  }

  private static JobClient start(
      Configuration options, Path checkpoints, int parallelism, Configuration cluster)
      throws Exception {
    cluster.setString("state.backend.type", "rocksdb");
    cluster.setString("execution.checkpointing.interval", "200 ms");
    cluster.setString("execution.checkpointing.dir", checkpoints.toUri().toString());
    cluster.setString("pipeline.generic-types", "false");
    cluster.setString("pipeline.object-reuse", "true");
    cluster.setString("pipeline.max-parallelism", "720");
    String slots = Integer.toString(parallelism);
    cluster.setString("parallelism.default", slots);
    cluster.setString("taskmanager.numberOfTaskSlots", slots);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, cluster);
    KafkaAddress kafka = KafkaAddress.of(options);
    KafkaTopics topics = KafkaTopics.of(kafka);
    PostgresAddress postgres = PostgresAddress.sink(options);
    IdKinds kinds = postgres.idKinds();
    FeedsJob.build(
        FeedSources.of(new KafkaInputs(FeedsJob.NAME, env, kafka, topics), options, kinds),
        kinds,
        new FeedSinks(FeedsJob.NAME, options, topics.partitions(DeliveryRecords.TOPIC)),
        FeedOptions.audience(options, System.currentTimeMillis()),
        FeedOptions.fanOut(options),
        new PostgresRunNumbers(postgres),
        options.get(FeedOptions.TOMBSTONE_RETENTION).toMillis());
    return env.executeAsync(FeedsJob.NAME);
  }

  static Configuration options(LocalStack stack) {
    return OptionLoader.load(
        new String[] {
          "--postgres.sink.url", stack.postgresJdbcUrl(),
          "--postgres.sink.user", stack.postgresUser(),
          "--postgres.sink.password-file", stack.postgresPasswordFile().toString(),
          "--kafka.bootstrap", stack.kafkaBootstrap(),
          "--redis.url", stack.redisUrl(),
          "--feeds.gate.spread", "100 ms"
        },
        FeedOptions.OPTIONS.all());
  }
}
