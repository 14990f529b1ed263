package com.shareuptime.streams.feeds;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcRecordDeserializer;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.feeds.audience.ReaderInput;
import com.shareuptime.streams.feeds.bootstrap.FoundFeeds;
import com.shareuptime.streams.option.RedisAddress;
import com.shareuptime.streams.source.KafkaInputs;
import com.shareuptime.streams.source.RawRecord;
import com.shareuptime.streams.source.ReplayWatermarks;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What the feeds job reads.
 *
 * @param activity the topic user-activity
 * @param rows cdc records of users, posts and follows
 * @param ownRows cdc records of all tables, by which users are active as well
 * @param control the topic pipeline-control
 * @param found feeds that Redis holds at a start without state
 */
public record FeedSources(
    DataStream<RawRecord> activity,
    DataStream<CdcRecord> rows,
    DataStream<CdcRecord> ownRows,
    DataStream<RawRecord> control,
    DataStream<ReaderInput> found) {

  private static final List<CdcTable> TABLES =
      List.of(CdcTable.USERS, CdcTable.POSTS, CdcTable.FOLLOWS);
  private static final String ACTIVITY_TOPIC = "user-activity";

  /** Silence after which a partition counts as read at a start. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** The real ones. */
  static FeedSources of(KafkaInputs kafka, ReadableConfig options, IdKinds kinds) {
    StreamExecutionEnvironment env = kafka.env();
    OffsetsInitializer recent =
        OffsetsInitializer.timestamp(
            System.currentTimeMillis() - options.get(FeedOptions.ACTIVITY_WINDOW).toMillis());
    return new FeedSources(
        activity(kafka, recent),
        kafka.rows(TABLES),
        ownRows(kafka, CdcTable.all(kinds.counters()), recent),
        kafka.control(),
        env.fromSource(
                new NumberSequenceSource(0, 0),
                WatermarkStrategy.noWatermarks(),
                "start without state")
            .uid("source-start")
            .setParallelism(1)
            .flatMap(new FoundFeeds(RedisAddress.of(options), kinds.users()))
            .returns(ReaderInput.TYPE)
            .name("feeds that Redis holds")
            .uid("found-feeds")
            .setParallelism(1));
  }

  private static DataStream<RawRecord> activity(KafkaInputs kafka, OffsetsInitializer recent) {
    List<String> topic = List.of(ACTIVITY_TOPIC);
    return kafka
        .maybeIdle(
            topic,
            kafka.raw(topic).setStartingOffsets(recent).build(),
            new ReplayWatermarks<RawRecord>(PATIENCE),
            "user activity")
        .uid("source-activity");
  }

  /** As fast as they can be read: neither a silent table nor a busy one holds the feeds up. */
  private static DataStream<CdcRecord> ownRows(
      KafkaInputs kafka, List<CdcTable> tables, OffsetsInitializer recent) {
    List<String> topics = tables.stream().map(CdcTable::topic).toList();
    return kafka
        .maybeIdle(
            topics,
            kafka
                .from(topics, new CdcRecordDeserializer(tables))
                .setStartingOffsets(recent)
                // those that the group shows of these topics are of the source of rows
                .setProperty(KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key(), "false")
                .build(),
            new ReplayWatermarks<CdcRecord>(PATIENCE),
            "own rows")
        .uid("source-own-rows");
  }
}
