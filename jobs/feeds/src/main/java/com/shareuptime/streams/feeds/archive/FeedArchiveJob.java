package com.shareuptime.streams.feeds.archive;

import com.shareuptime.streams.cdc.HeartbeatWatermarks;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.deadletter.DeadLetterSink;
import com.shareuptime.streams.feeds.sink.DeliveryRecords;
import com.shareuptime.streams.option.KafkaAddress;
import com.shareuptime.streams.option.OptionException;
import com.shareuptime.streams.option.OptionLoader;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.option.RedisAddress;
import com.shareuptime.streams.progress.ProgressSinks;
import com.shareuptime.streams.sink.CoalescingSink;
import com.shareuptime.streams.sink.SinkOptions;
import com.shareuptime.streams.source.KafkaInputs;
import com.shareuptime.streams.source.KafkaTopics;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Writes what was pushed into feeds to Postgres, at least once; rows that are there already stay as
 * they are.
 *
 * <pre>
 * feed-deliveries ─ parse ─ user_feeds ─┐
 *                     └ heartbeats ─────┴─ progress of feeds.postgres
 * </pre>
 *
 * While Postgres is away the job stops reading; what it has not written waits in the topic.
 */
public final class FeedArchiveJob {
  /** The job's name in the web UI and in dead letters. */
  public static final String NAME = "feed-archive";

  static final String TOPIC = DeliveryRecords.TOPIC;

  /** Deliveries in one call of the writer, which cuts them into statements by their rows. */
  private static final int BATCH = 1_000;

  /** A delivery takes some kilobytes, at most some tens: a bound of memory near 100 MB. */
  private static final int MOST_PENDING = 4_000;

  private FeedArchiveJob() {}

  /**
   * Submits the job; arguments are {@code --config FILE} and {@code --key value}.
   *
   * @throws OptionException if an option is wrong, Kafka lacks the topic, or Postgres does not
   *     answer
   */
  public static void main(String[] args) throws Exception {
    Configuration options = OptionLoader.load(args, FeedArchiveOptions.OPTIONS.all());
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    IdKinds kinds = PostgresAddress.sink(options).idKinds();
    build(deliveries(env, options), kinds, options);
    env.execute(NAME);
  }

  /** The topic; asks the brokers for its partitions. */
  static DataStream<DeliveryRecord> deliveries(
      StreamExecutionEnvironment env, ReadableConfig options) {
    KafkaAddress kafka = KafkaAddress.of(options);
    KafkaTopics topics = KafkaTopics.of(kafka);
    var inputs = new KafkaInputs(NAME, env, kafka, topics);
    KafkaSource<DeliveryRecord> source =
        inputs
            .from(List.of(TOPIC), new DeliveryRecord.Deserializer())
            .setStartingOffsets(new RetainedOffsets())
            .build();
    var watermarks =
        new HeartbeatWatermarks<>(
            new DeliveryRecord.Beats(), Map.of(TOPIC, topics.partitions(TOPIC)));
    return inputs.neverIdle(List.of(TOPIC), source, watermarks, TOPIC).uid("source-deliveries");
  }

  /** Puts the diagram together; starts nothing. */
  static void build(DataStream<DeliveryRecord> records, IdKinds kinds, ReadableConfig options) {
    PostgresAddress postgres = PostgresAddress.sink(options);
    var deliveries =
        records
            .process(new ParseDelivery(NAME, kinds))
            .returns(Delivery.TYPE)
            .name("parse deliveries")
            .uid("parse-deliveries")
            .setParallelism(records.getParallelism());
    var written = write(deliveries, postgres, kinds, options);
    var progress =
        ProgressSinks.of(
            Surface.FEEDS_POSTGRES, deliveries.getSideOutput(ParseDelivery.HEARTBEATS), written);
    DataStream<DeadLetter> letters =
        written.union(
            deliveries.getSideOutput(ParseDelivery.DEAD_LETTERS),
            ProgressSinks.toPostgres(NAME, progress, postgres),
            ProgressSinks.toRedis(NAME, progress, RedisAddress.of(options)));
    DeadLetterSink.write(letters, KafkaAddress.of(options));
  }

  private static SingleOutputStreamOperator<DeadLetter> write(
      DataStream<Delivery> deliveries,
      PostgresAddress postgres,
      IdKinds kinds,
      ReadableConfig options) {
    String surface = Surface.FEEDS_POSTGRES.label();
    return new CoalescingSink<>(
            Delivery::place,
            delivery -> delivery.place().offset(),
            new UserFeedsWriter(
                postgres,
                kinds,
                options.get(FeedArchiveOptions.RETENTION),
                options.get(FeedArchiveOptions.WEEKS_AHEAD)),
            SinkOptions.of(NAME, surface, options.get(FeedArchiveOptions.FLUSH))
                .withBatchSize(BATCH)
                .withMaxPendingKeys(MOST_PENDING))
        .write(deliveries)
        .uid("sink-" + surface)
        .setParallelism(deliveries.getParallelism());
  }
}
