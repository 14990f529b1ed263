package com.shareuptime.streams.feeds.sink;

import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.deadletter.DeadLetterSink;
import com.shareuptime.streams.feeds.FeedOptions;
import com.shareuptime.streams.feeds.feed.FeedWrite;
import com.shareuptime.streams.option.KafkaAddress;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.option.RedisAddress;
import com.shareuptime.streams.progress.Progress;
import com.shareuptime.streams.progress.ProgressSinks;
import com.shareuptime.streams.sink.BatchWriter;
import com.shareuptime.streams.sink.CoalescingSink;
import com.shareuptime.streams.sink.Condenser;
import com.shareuptime.streams.sink.SinkOptions;
import com.shareuptime.streams.sink.kafka.TopicWriter;
import com.shareuptime.streams.sink.redis.RedisWriter;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Redis, the topic of deliveries, and the progress of both. */
public final class FeedSinks {
  private static final String REBUILD = "./streams feed --rebuild-all";

  /** Writes here are whole sets of users and posts: a million would not fit into memory. */
  private static final int MAX_PENDING = 200_000;

  private static final Duration BEATS = Duration.ofMillis(100);

  private final String job;
  private final ReadableConfig options;
  private final PostgresAddress postgres;
  private final RedisAddress redis;
  private final KafkaAddress kafka;
  private final int deliveryPartitions;

  /**
   * @param job named in dead letters
   * @param deliveryPartitions partitions of the topic of deliveries
   */
  public FeedSinks(String job, ReadableConfig options, int deliveryPartitions) {
    this.job = job;
    this.options = options;
    this.postgres = PostgresAddress.sink(options);
    this.redis = RedisAddress.of(options);
    this.kafka = KafkaAddress.of(options);
    this.deliveryPartitions = deliveryPartitions;
  }

  /**
   * Writes feeds and timelines to Redis.
   *
   * @param beats heartbeats of the rows, from where on progress may be published
   */
  public DataStream<DeadLetter> redis(DataStream<FeedWrite> writes, DataStream<Heartbeat> beats) {
    String surface = Surface.FEEDS_REDIS.label();
    FeedKeys keys =
        new FeedKeys(
            options.get(FeedOptions.FEED_SIZE),
            options.get(FeedOptions.TIMELINE_SIZE),
            options.get(FeedOptions.TOMBSTONE_RETENTION).toMillis());
    var written =
        inOrder(
            writes,
            new RedisWriter<>(redis, keys, surface, new FeedsTakenAway(redis, REBUILD)),
            // an old claim of completeness must not come after what a failed run has written
            sinkOptions(surface, FeedOptions.REDIS_FLUSH).drainingAtCheckpoints(),
            // and while Redis is away, the deliveries must not wait for it
            new GiveUpFeeds());
    var progress = ProgressSinks.of(Surface.FEEDS_REDIS, beats, written);
    return written.union(
        ProgressSinks.toPostgres(job, progress, postgres),
        ProgressSinks.toRedis(job, progress, redis));
  }

  /** Sends deliveries to their topic, and behind them the heartbeats that they stand for. */
  public DataStream<DeadLetter> deliveries(
      DataStream<FeedWrite.Push> pushes, DataStream<Heartbeat> beats) {
    var written =
        inOrder(
            pushes,
            new TopicWriter<>(kafka, new DeliveryRecords()),
            sinkOptions(DeliveryRecords.TOPIC, FeedOptions.DELIVERIES_FLUSH),
            null);
    var progress = ProgressSinks.of(Surface.FEEDS_POSTGRES, beats, written);
    var beatsOut =
        new CoalescingSink<>(
                Progress::surface,
                Progress::lsn,
                new TopicWriter<>(kafka, new DeliveryBeats(deliveryPartitions)),
                SinkOptions.of(job, "delivery-beats", BEATS))
            .write(progress)
            .uid("sink-delivery-beats")
            .setParallelism(1)
            .setMaxParallelism(1);
    return written.union(beatsOut);
  }

  /** Nothing replaces anything here: each value is a key of its own. */
  private <T> SingleOutputStreamOperator<DeadLetter> inOrder(
      DataStream<T> values,
      BatchWriter<T> writer,
      SinkOptions sinkOptions,
      Condenser<T> condenser) {
    return new CoalescingSink<Object, T>(
            any -> new Object(), any -> 0, writer, sinkOptions, condenser)
        .write(values)
        .uid("sink-" + sinkOptions.surface());
  }

  private SinkOptions sinkOptions(String surface, ConfigOption<Duration> flush) {
    return SinkOptions.of(job, surface, options.get(flush)).withMaxPendingKeys(MAX_PENDING);
  }

  /** Writes dead letters. */
  public void deadLetters(DataStream<DeadLetter> letters) {
    DeadLetterSink.write(letters, kafka);
  }
}
