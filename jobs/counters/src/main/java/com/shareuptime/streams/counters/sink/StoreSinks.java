package com.shareuptime.streams.counters.sink;

import static com.shareuptime.streams.sink.postgres.ColumnType.BIGINT;
import static com.shareuptime.streams.sink.postgres.ColumnType.TEXT;
import static com.shareuptime.streams.sink.postgres.ColumnType.TIMESTAMP_MICROS;

import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.counters.CounterOptions;
import com.shareuptime.streams.counters.CounterSinks;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.total.CounterDrift;
import com.shareuptime.streams.counters.total.CounterUpdate;
import com.shareuptime.streams.counters.trending.Ranking;
import com.shareuptime.streams.counters.window.WindowUpdate;
import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.deadletter.DeadLetterSink;
import com.shareuptime.streams.drift.DriftRecord;
import com.shareuptime.streams.option.KafkaAddress;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.option.RedisAddress;
import com.shareuptime.streams.progress.ProgressSinks;
import com.shareuptime.streams.sink.BatchWriter;
import com.shareuptime.streams.sink.CoalescingSink;
import com.shareuptime.streams.sink.LostWrites;
import com.shareuptime.streams.sink.SinkOptions;
import com.shareuptime.streams.sink.kafka.TopicWriter;
import com.shareuptime.streams.sink.postgres.AllWrittenAgain;
import com.shareuptime.streams.sink.postgres.ColumnType;
import com.shareuptime.streams.sink.postgres.PostgresUpsertWriter;
import com.shareuptime.streams.sink.postgres.UpsertTable;
import com.shareuptime.streams.sink.postgres.UpsertTable.Column;
import com.shareuptime.streams.sink.redis.HashScript;
import com.shareuptime.streams.sink.redis.RedisWriter;
import com.shareuptime.streams.sink.redis.VersionedHash;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The stores of the read contract: Postgres, Redis, Kafka. */
public final class StoreSinks implements CounterSinks {
  private static final long MICROS = 1000;

  /** Each transaction waits some 20 ms for the end of the one before. */
  private static final int UPDATES_A_TRANSACTION = 20_000;

  private final String job;
  private final ReadableConfig options;
  private final PostgresAddress postgres;
  private final RedisAddress redis;
  private final KafkaAddress kafka;

  private final IdKinds entities;

  /** Of targets in tables. */
  private final IdKind ids;

  private final ShownCounters counters;

  /**
   * @param job named in dead letters and corrections
   * @param entities what is counted, and for what
   */
  public StoreSinks(String job, ReadableConfig options, IdKinds entities) {
    this.job = job;
    this.options = options;
    this.postgres = PostgresAddress.sink(options);
    this.redis = RedisAddress.of(options);
    this.kafka = KafkaAddress.of(options);
    this.entities = entities;
    this.ids = entities.targets();
    this.counters = new ShownCounters(entities);
  }

  @Override
  public DataStream<DeadLetter> counters(
      DataStream<CounterUpdate> updates, DataStream<Heartbeat> beats) {
    var toRedis =
        counterSink(
            updates,
            new RedisWriter<>(
                redis,
                new HashScript<>(hashOf(counters), options.get(CounterOptions.TOMBSTONE_RETENTION)),
                Surface.COUNTERS_REDIS.label(),
                new AllWrittenAgain(postgres, Surface.COUNTERS_REDIS.label())),
            Surface.COUNTERS_REDIS.label(),
            options.get(CounterOptions.REDIS_FLUSH));
    var toPostgres =
        counterSink(
            updates,
            new PostgresUpsertWriter<>(
                postgres,
                tableOfCounters(),
                rowOfCounters(ids, entities.counters()),
                Surface.COUNTERS_POSTGRES.label(),
                new AllWrittenAgain(postgres, Surface.COUNTERS_POSTGRES.label())),
            Surface.COUNTERS_POSTGRES.label(),
            options.get(CounterOptions.POSTGRES_FLUSH));
    var toKafka =
        counterSink(
            updates,
            TopicWriter.toCompacted(kafka, UpdateRecords.TOPIC, new UpdateRecords(counters)),
            SinkOptions.of(job, UpdateRecords.TOPIC, options.get(CounterOptions.UPDATES_FLUSH))
                .withBatchSize(UPDATES_A_TRANSACTION));
    DataStream<DeadLetter> refused = toRedis.union(toPostgres, toKafka);
    Duration mirror = options.get(CounterOptions.MIRROR_INTERVAL);
    if (!mirror.isZero()) {
      refused =
          refused.union(
              counterSink(
                  updates,
                  new LegacyColumnWriter(PostgresAddress.source(options)),
                  "legacy-columns",
                  mirror));
    }
    return beats == null ? refused : refused.union(progress(beats, toRedis, toPostgres));
  }

  private DataStream<DeadLetter> progress(
      DataStream<Heartbeat> beats,
      DataStream<DeadLetter> toRedis,
      DataStream<DeadLetter> toPostgres) {
    var progress =
        ProgressSinks.of(Surface.COUNTERS_REDIS, beats, toRedis)
            .union(ProgressSinks.of(Surface.COUNTERS_POSTGRES, beats, toPostgres));
    return ProgressSinks.toPostgres(job, progress, postgres)
        .union(ProgressSinks.toRedis(job, progress, redis));
  }

  private SingleOutputStreamOperator<DeadLetter> counterSink(
      DataStream<CounterUpdate> updates,
      BatchWriter<CounterUpdate> writer,
      String surface,
      Duration flush) {
    return counterSink(updates, writer, SinkOptions.of(job, surface, flush));
  }

  private static SingleOutputStreamOperator<DeadLetter> counterSink(
      DataStream<CounterUpdate> updates,
      BatchWriter<CounterUpdate> writer,
      SinkOptions sinkOptions) {
    return new CoalescingSink<>(CounterUpdate::target, CounterUpdate::version, writer, sinkOptions)
        .write(updates)
        .uid("sink-" + sinkOptions.surface());
  }

  @Override
  public DataStream<DeadLetter> windows(DataStream<WindowUpdate> windows) {
    return new CoalescingSink<>(
            WindowUpdate::key,
            WindowUpdate::version,
            new PostgresUpsertWriter<>(
                postgres, tableOfWindows(), rowOfWindows(ids, entities.counters())),
            SinkOptions.of(job, "counter-windows", options.get(CounterOptions.POSTGRES_FLUSH)))
        .write(windows)
        .uid("sink-windows");
  }

  @Override
  public DataStream<DeadLetter> drift(DataStream<CounterDrift> drift) {
    return new CoalescingSink<>(
            CounterDrift::key,
            CounterDrift::version,
            new TopicWriter<>(kafka, new DriftRecords(job, entities)),
            SinkOptions.of(job, DriftRecord.TOPIC, options.get(CounterOptions.UPDATES_FLUSH)))
        .write(drift)
        .uid("sink-drift");
  }

  @Override
  public DataStream<DeadLetter> trending(DataStream<Ranking> rankings) {
    var toRedis =
        trendingSink(
            rankings,
            new RedisWriter<>(
                redis,
                new RankingScript(),
                "trending.redis",
                LostWrites.healed("the next ranking writes the whole list again")),
            "trending.redis");
    var toPostgres = trendingSink(rankings, new RankingWriter(postgres, ids), "trending.postgres");
    return toRedis.union(toPostgres);
  }

  private SingleOutputStreamOperator<DeadLetter> trendingSink(
      DataStream<Ranking> rankings, BatchWriter<Ranking> writer, String surface) {
    return new CoalescingSink<>(
            Ranking::list,
            Ranking::computedAt,
            writer,
            SinkOptions.of(job, surface, options.get(CounterOptions.POSTGRES_FLUSH)))
        .write(rankings)
        .uid("sink-" + surface)
        .setParallelism(1);
  }

  @Override
  public void deadLetters(DataStream<DeadLetter> letters) {
    DeadLetterSink.write(letters, kafka);
  }

  private static VersionedHash.Mapping<CounterUpdate> hashOf(ShownCounters counters) {
    return update -> {
      CounterTarget target = update.target();
      String key = RedisKey.COUNTERS.of(new Target(target.type(), target.id()));
      return update.gone()
          ? VersionedHash.tombstone(key, update.version())
          : VersionedHash.live(
              key, update.version(), fields(counters.of(target.type()), update.counts()));
    };
  }

  private static String[] fields(CountedView[] counters, Counts counts) {
    String[] fields = new String[2 * counters.length];
    for (int i = 0; i < counters.length; i++) {
      fields[2 * i] = counters[i].name();
      fields[2 * i + 1] = Long.toString(counts.of(counters[i]));
    }
    return fields;
  }

  /** A column for each counter, then others. */
  private List<Column> withCounts(Function<CountedView, String> name, Column... others) {
    return Stream.concat(
            entities.counters().stream().map(counter -> new Column(name.apply(counter), BIGINT)),
            Stream.of(others))
        .toList();
  }

  /** The values of a key, of each counter, and others. */
  private static Object[] withCounts(
      Object[] key, List<CountedView> counters, Counts counts, Object... others) {
    Object[] row = Arrays.copyOf(key, key.length + counters.size() + others.length);
    for (int i = 0; i < counters.size(); i++) {
      row[key.length + i] = counts.of(counters.get(i));
    }
    System.arraycopy(others, 0, row, key.length + counters.size(), others.length);
    return row;
  }

  private UpsertTable tableOfCounters() {
    return new UpsertTable(
        "streams.counters",
        List.of(new Column("target_type", TEXT), new Column("target_id", ColumnType.of(ids))),
        withCounts(
            CountedView::column,
            new Column("version", BIGINT),
            new Column("updated_at", TIMESTAMP_MICROS),
            new Column("deleted_at", TIMESTAMP_MICROS)),
        "version");
  }

  private static PostgresUpsertWriter.Mapping<CounterUpdate> rowOfCounters(
      IdKind ids, List<CountedView> counters) {
    return update -> {
      long asOf = update.asOf() * MICROS;
      return withCounts(
          new Object[] {update.target().type().label(), ids.sql(update.target().id())},
          counters,
          update.counts(),
          update.version(),
          asOf,
          update.gone() ? asOf : null);
    };
  }

  private UpsertTable tableOfWindows() {
    return new UpsertTable(
        "streams.counter_windows",
        List.of(
            new Column("target_type", TEXT),
            new Column("target_id", ColumnType.of(ids)),
            new Column("window_start", TIMESTAMP_MICROS)),
        withCounts(CountedView::name, new Column("version", BIGINT)),
        "version");
  }

  private static PostgresUpsertWriter.Mapping<WindowUpdate> rowOfWindows(
      IdKind ids, List<CountedView> counters) {
    return window ->
        withCounts(
            new Object[] {
              window.target().type().label(), ids.sql(window.target().id()), window.start() * MICROS
            },
            counters,
            window.counts(),
            window.version());
  }
}
