package com.shareuptime.streams.counters;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcRecordDeserializer;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.counters.bootstrap.KnownTargets;
import com.shareuptime.streams.counters.total.TruthChange;
import com.shareuptime.streams.option.KafkaAddress;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.option.RedisAddress;
import com.shareuptime.streams.source.IdleWatermarks;
import com.shareuptime.streams.source.KafkaInputs;
import com.shareuptime.streams.source.KafkaTopics;
import com.shareuptime.streams.source.RawRecord;
import com.shareuptime.streams.version.PostgresRunNumbers;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What the counters job reads.
 *
 * @param events app events; absent in the mode 'cdc'
 * @param rows cdc records; absent in the mode 'events'
 * @param standings cdc records that decide over lists, and never hold time back; absent likewise
 * @param control the topic pipeline-control
 * @param known what the sinks hold at a start without state, or after a loss: each is to be written
 *     again
 * @param kinds the entities of the model, as all of these have them
 */
public record CounterSources(
    DataStream<RawRecord> events,
    DataStream<CdcRecord> rows,
    DataStream<CdcRecord> standings,
    DataStream<RawRecord> control,
    DataStream<TruthChange> known,
    IdKinds kinds) {

  /** Rows that decide over lists. */
  static final List<CdcTable> TABLES_OF_STANDINGS =
      List.of(CdcTable.POSTS, CdcTable.REELS, CdcTable.USERS);

  /** Silence after which an events topic no longer holds time back. */
  private static final Duration IDLE = Duration.ofSeconds(1);

  /** The real ones; looks at the brokers' topics, and fails with what is missing. */
  static CounterSources of(StreamExecutionEnvironment env, ReadableConfig options, IdKinds kinds) {
    KafkaAddress address = KafkaAddress.of(options);
    return of(
        new KafkaInputs(CountersJob.NAME, env, address, KafkaTopics.of(address)), options, kinds);
  }

  /** The real ones, of topics that are known. */
  static CounterSources of(KafkaInputs kafka, ReadableConfig options, IdKinds kinds) {
    CounterMode mode = options.get(CounterOptions.MODE);
    DataStream<RawRecord> control = kafka.control();
    return new CounterSources(
        mode.usesEvents() ? events(kafka, options, kinds) : null,
        mode.usesRows() ? kafka.rows(new CountedTables(kinds).all()) : null,
        mode.usesRows() ? standings(kafka) : null,
        control,
        known(kafka, control, knownTargets(options, kinds), options),
        kinds);
  }

  private static DataStream<TruthChange> known(
      KafkaInputs kafka,
      DataStream<RawRecord> control,
      KnownTargets targets,
      ReadableConfig options) {
    return kafka
        .env()
        .fromSource(
            new NumberSequenceSource(0, 0), WatermarkStrategy.noWatermarks(), "start without state")
        .uid("source-start")
        .setParallelism(1)
        .flatMap(targets)
        .returns(TruthChange.TYPE)
        .name("targets that the sinks hold")
        .uid("known-targets")
        .setParallelism(1)
        .union(
            targets.afterLosses(
                control,
                new RunNumbersOfMode(
                    new PostgresRunNumbers(PostgresAddress.sink(options)),
                    options.get(CounterOptions.MODE))));
  }

  private static KnownTargets knownTargets(ReadableConfig options, IdKinds kinds) {
    boolean mirrored = !options.get(CounterOptions.MIRROR_INTERVAL).isZero();
    return new KnownTargets(
        PostgresAddress.sink(options),
        RedisAddress.of(options),
        mirrored ? PostgresAddress.source(options) : null,
        kinds);
  }

  /**
   * Read apart from the rows that count: lists are no reason for counts to wait, and a job that
   * goes on with a state from before lists knew of rows reads all of them.
   */
  private static DataStream<CdcRecord> standings(KafkaInputs kafka) {
    List<String> topics = TABLES_OF_STANDINGS.stream().map(CdcTable::topic).toList();
    return kafka
        .maybeIdle(
            topics,
            kafka
                .from(topics, new CdcRecordDeserializer(TABLES_OF_STANDINGS))
                .setStartingOffsets(OffsetsInitializer.earliest())
                // the group's offsets are those of the rows that count
                .setProperty("commit.offsets.on.checkpoint", "false")
                .build(),
            new IdleWatermarks<>(),
            "rows that decide over lists")
        .uid("source-standings");
  }

  private static DataStream<RawRecord> events(
      KafkaInputs kafka, ReadableConfig options, IdKinds kinds) {
    List<String> topics = kinds.counters().stream().map(CountedView::eventsTopic).toList();
    boolean healed = options.get(CounterOptions.MODE).usesRows();
    // what is older than the grace is in the rows; without rows, all that is retained counts
    long from = System.currentTimeMillis() - 2 * options.get(CounterOptions.GRACE).toMillis();
    return kafka
        .maybeIdle(
            topics,
            kafka
                .raw(topics)
                .setProperty("isolation.level", options.get(CounterOptions.ISOLATION).toString())
                .setStartingOffsets(
                    healed ? OffsetsInitializer.timestamp(from) : OffsetsInitializer.earliest())
                .build(),
            WatermarkStrategy.<RawRecord>forMonotonousTimestamps().withIdleness(IDLE),
            "app events")
        .uid("source-events");
  }
}
