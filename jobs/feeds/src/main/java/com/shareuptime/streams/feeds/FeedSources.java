package com.shareuptime.streams.feeds;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcRecordDeserializer;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.HeartbeatWatermarks;
import com.shareuptime.streams.feeds.audience.ReaderInput;
import com.shareuptime.streams.feeds.bootstrap.FoundFeeds;
import com.shareuptime.streams.feeds.sink.DeliveryRecords;
import com.shareuptime.streams.option.KafkaAddress;
import com.shareuptime.streams.option.RedisAddress;
import com.shareuptime.streams.source.IdleWatermarks;
import com.shareuptime.streams.source.KafkaTopics;
import com.shareuptime.streams.source.RawRecord;
import com.shareuptime.streams.source.ReplayWatermarks;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What the feeds job reads.
 *
 * @param activity the topic user-activity
 * @param rows cdc records of users, posts and follows
 * @param control the topic pipeline-control
 * @param found feeds that Redis holds at a start without state
 */
public record FeedSources(
    DataStream<RawRecord> activity,
    DataStream<CdcRecord> rows,
    DataStream<RawRecord> control,
    DataStream<ReaderInput> found) {

  private static final List<CdcTable> TABLES =
      List.of(CdcTable.USERS, CdcTable.POSTS, CdcTable.FOLLOWS);
  private static final String ACTIVITY_TOPIC = "user-activity";
  private static final String CONTROL_TOPIC = "pipeline-control";
  private static final String GROUP = "streams-feeds";
  private static final String DISCOVERY = "partition.discovery.interval.ms";

  /** Silence after which a partition counts as read at a start. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** The real ones; {@code topics} must have what {@link #topics} names. */
  static FeedSources of(
      StreamExecutionEnvironment env, ReadableConfig options, KafkaTopics topics) {
    KafkaAddress kafka = KafkaAddress.of(options);
    long activeFrom =
        System.currentTimeMillis() - options.get(FeedOptions.ACTIVITY_WINDOW).toMillis();
    return new FeedSources(
        env.fromSource(
                raw(kafka)
                    .setTopics(ACTIVITY_TOPIC)
                    .setStartingOffsets(OffsetsInitializer.timestamp(activeFrom))
                    .build(),
                new ReplayWatermarks<RawRecord>(PATIENCE),
                "user activity")
            .uid("source-activity"),
        rows(env, kafka, topics),
        env.fromSource(
                raw(kafka)
                    .setTopics(CONTROL_TOPIC)
                    .setStartingOffsets(OffsetsInitializer.latest())
                    .build(),
                new IdleWatermarks<RawRecord>(),
                "pipeline-control")
            .uid("source-control")
            .setParallelism(1),
        env.fromSource(
                new NumberSequenceSource(0, 0),
                WatermarkStrategy.noWatermarks(),
                "start without state")
            .uid("source-start")
            .setParallelism(1)
            .flatMap(new FoundFeeds(RedisAddress.of(options)))
            .returns(ReaderInput.TYPE)
            .name("feeds that Redis holds")
            .uid("found-feeds")
            .setParallelism(1));
  }

  /** The topics that the job reads and writes, as the brokers have them. */
  static KafkaTopics topics(ReadableConfig options) {
    KafkaTopics topics = KafkaTopics.of(KafkaAddress.of(options));
    topics.require(List.of(ACTIVITY_TOPIC, CONTROL_TOPIC, DeliveryRecords.TOPIC));
    topics.require(TABLES.stream().map(CdcTable::topic).toList());
    return topics;
  }

  private static DataStream<CdcRecord> rows(
      StreamExecutionEnvironment env, KafkaAddress kafka, KafkaTopics topics) {
    Map<CdcTable, Integer> partitions = new EnumMap<>(CdcTable.class);
    TABLES.forEach(table -> partitions.put(table, topics.partitions(table.topic())));
    KafkaSource<CdcRecord> source =
        KafkaSource.<CdcRecord>builder()
            .setProperties(kafka.consumerProperties())
            .setGroupId(GROUP)
            .setTopics(TABLES.stream().map(CdcTable::topic).toList())
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setDeserializer(new CdcRecordDeserializer())
            .setProperty(DISCOVERY, "60000")
            .build();
    return env.fromSource(source, HeartbeatWatermarks.ofTables(partitions), "cdc rows")
        .uid("source-rows");
  }

  private static KafkaSourceBuilder<RawRecord> raw(KafkaAddress kafka) {
    return KafkaSource.<RawRecord>builder()
        .setProperties(kafka.consumerProperties())
        .setGroupId(GROUP)
        .setDeserializer(new RawRecord.Deserializer())
        .setProperty(DISCOVERY, "60000");
  }
}
