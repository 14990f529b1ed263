package com.shareuptime.streams.counters;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcRecordDeserializer;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.HeartbeatWatermarks;
import com.shareuptime.streams.counters.bootstrap.KnownTargets;
import com.shareuptime.streams.counters.total.TruthChange;
import com.shareuptime.streams.option.KafkaAddress;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.option.RedisAddress;
import com.shareuptime.streams.source.IdleWatermarks;
import com.shareuptime.streams.source.KafkaTopics;
import com.shareuptime.streams.source.RawRecord;
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
 * What the counters job reads.
 *
 * @param events app events; absent in the mode 'cdc'
 * @param rows cdc records; absent in the mode 'events'
 * @param control the topic pipeline-control
 * @param known what the sinks hold at a start without state: each is to be written again
 */
public record CounterSources(
    DataStream<RawRecord> events,
    DataStream<CdcRecord> rows,
    DataStream<RawRecord> control,
    DataStream<TruthChange> known) {

  private static final List<String> EVENT_TOPICS =
      List.of("likes-events", "comments-events", "shares-events");
  private static final List<CdcTable> TABLES =
      List.of(CdcTable.LIKES, CdcTable.COMMENTS, CdcTable.SHARES, CdcTable.POSTS, CdcTable.REELS);
  private static final String CONTROL_TOPIC = "pipeline-control";
  private static final String DISCOVERY = "partition.discovery.interval.ms";

  /** Silence after which an events topic no longer holds time back. */
  private static final Duration IDLE = Duration.ofSeconds(1);

  /** The real ones; looks at the brokers' topics, and fails with what is missing. */
  static CounterSources of(StreamExecutionEnvironment env, ReadableConfig options) {
    CounterMode mode = options.get(CounterOptions.MODE);
    KafkaAddress kafka = KafkaAddress.of(options);
    KafkaTopics topics = KafkaTopics.of(kafka);
    topics.require(List.of(CONTROL_TOPIC));
    return new CounterSources(
        mode.usesEvents() ? events(env, options, kafka, topics) : null,
        mode.usesRows() ? rows(env, kafka, topics) : null,
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
            .flatMap(new KnownTargets(PostgresAddress.sink(options), RedisAddress.of(options)))
            .returns(TruthChange.TYPE)
            .name("targets that the sinks hold")
            .uid("known-targets")
            .setParallelism(1));
  }

  private static DataStream<RawRecord> events(
      StreamExecutionEnvironment env,
      ReadableConfig options,
      KafkaAddress kafka,
      KafkaTopics topics) {
    topics.require(EVENT_TOPICS);
    boolean healed = options.get(CounterOptions.MODE).usesRows();
    // what is older than the grace is in the rows; without rows, all that is retained counts
    long from = System.currentTimeMillis() - 2 * options.get(CounterOptions.GRACE).toMillis();
    return env.fromSource(
            raw(kafka)
                .setTopics(EVENT_TOPICS)
                .setStartingOffsets(
                    healed ? OffsetsInitializer.timestamp(from) : OffsetsInitializer.earliest())
                .build(),
            WatermarkStrategy.<RawRecord>forMonotonousTimestamps().withIdleness(IDLE),
            "app events")
        .uid("source-events");
  }

  private static DataStream<CdcRecord> rows(
      StreamExecutionEnvironment env, KafkaAddress kafka, KafkaTopics topics) {
    List<String> names = TABLES.stream().map(CdcTable::topic).toList();
    topics.require(names);
    Map<CdcTable, Integer> partitions = new EnumMap<>(CdcTable.class);
    TABLES.forEach(table -> partitions.put(table, topics.partitions(table.topic())));
    KafkaSource<CdcRecord> source =
        KafkaSource.<CdcRecord>builder()
            .setProperties(kafka.consumerProperties())
            .setGroupId("streams-counters")
            .setTopics(names)
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
        .setGroupId("streams-counters")
        .setDeserializer(new RawRecord.Deserializer())
        .setProperty(DISCOVERY, "60000");
  }
}
