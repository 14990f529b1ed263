package com.shareuptime.streams.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import com.shareuptime.streams.sink.CoalescingSink;
import com.shareuptime.streams.sink.Item;
import com.shareuptime.streams.sink.LostWrites;
import com.shareuptime.streams.sink.Servers;
import com.shareuptime.streams.sink.SinkOptions;
import com.shareuptime.streams.sink.redis.HashScript;
import com.shareuptime.streams.sink.redis.RedisWriter;
import com.shareuptime.streams.sink.redis.VersionedHash;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

/**
 * The whole path in a real job: beats and values, a sink of two subtasks, progress in both stores.
 * The n-th beat has position n and stands behind the value n of each of ten keys, so a promise can
 * be checked at any moment.
 */
@Timeout(180)
class ProgressIT {
  private static final int KEYS = 10;

  private LocalStack stack;
  private Jedis redis;
  private JobClient job;

  @BeforeEach
  void prepare() throws Exception {
    stack = Servers.postgres();
    Servers.redis();
    redis = Servers.client(stack);
    redis.flushAll();
    Servers.sql(stack, "truncate streams.pipeline_progress");
  }

  @AfterEach
  void stop() throws Exception {
    if (job != null) {
      job.cancel().get();
    }
    stack.start(Set.of(Server.POSTGRES, Server.REDIS));
    redis.close();
  }

  @Test
  void progressNeverClaimsWhatIsNotThereAndOutlivesEachStore() throws Exception {
    job = start();
    promiseHoldsUntilBeat(20);

    stack.kill(Server.POSTGRES);
    long reached = inRedis();
    promiseHoldsUntilBeat(reached + 20);
    stack.start(Server.POSTGRES);
    long wanted = inRedis();
    assertThat(
            Servers.ask(
                stack,
                "select streams.wait_for('counters.redis', '0/%X', '60 s')".formatted(wanted)))
        .as("Postgres catches up")
        .isEqualTo("t");

    redis.close();
    stack.kill(Server.REDIS);
    stack.start(Server.REDIS);
    redis = Servers.client(stack);
    promiseHoldsUntilBeat(wanted + 20);
  }

  private void promiseHoldsUntilBeat(long beat) {
    await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              long claimed = inRedis();
              for (int key = 0; key < KEYS; key++) {
                String shown = redis.hget("k:{" + key + "}", "x");
                assertThat(claimed == 0 ? 0 : Long.parseLong(shown))
                    .as("key %d", key)
                    .isGreaterThanOrEqualTo(claimed);
              }
              return claimed >= beat;
            });
  }

  private long inRedis() {
    String lsn = redis.hget("progress", Surface.COUNTERS_REDIS.label());
    return lsn == null ? 0 : Long.parseLong(lsn.substring(lsn.indexOf('/') + 1), 16);
  }

  private JobClient start() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(10));
    var env = StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
    env.enableCheckpointing(500);
    DataStream<Row> rows =
        env.fromSource(
                new DataGeneratorSource<Row>(
                    i -> new Row(i / (KEYS + 1) + 1, (int) (i % (KEYS + 1))),
                    Long.MAX_VALUE,
                    RateLimiterStrategy.perSecond(20 * (KEYS + 1)),
                    Row.TYPE),
                WatermarkStrategy.<Row>forGenerator(context -> new BeatWatermarks())
                    .withTimestampAssigner((row, before) -> row.number()),
                "rows")
            .setParallelism(1);
    DataStream<Heartbeat> beats =
        rows.filter(row -> row.part() == KEYS)
            .setParallelism(1)
            .map(row -> new Heartbeat(row.number() * 1000, row.number(), 0, 1, 1))
            .returns(Heartbeat.TYPE)
            .setParallelism(1);
    DataStream<Item> items =
        rows.filter(row -> row.part() < KEYS)
            .setParallelism(1)
            .map(row -> new Item(Integer.toString(row.part()), row.number(), row.number()))
            .returns(Item.TYPE)
            .setParallelism(1)
            .keyBy(Item::key);
    var writer =
        new RedisWriter<Item>(
            Servers.address(stack),
            new HashScript<>(
                item ->
                    VersionedHash.live(
                        "k:{" + item.key() + "}", item.version(), "x", Long.toString(item.value())),
                Duration.ofDays(8)),
            Surface.COUNTERS_REDIS.label(),
            LostWrites.heldUntil("mend"));
    var options = SinkOptions.of("test", Surface.COUNTERS_REDIS.label(), Duration.ofMillis(50));
    DataStream<DeadLetter> written =
        new CoalescingSink<>(Item::key, Item::version, writer, options).write(items).uid("sink");
    DataStream<Progress> progress = ProgressSinks.of(Surface.COUNTERS_REDIS, beats, written);
    ProgressSinks.toPostgres("test", progress, Servers.postgresAddress(stack));
    ProgressSinks.toRedis("test", progress, Servers.address(stack));
    return env.executeAsync("progress");
  }

  /** Part of the n-th step: a value of one of the keys, or the beat behind them. */
  record Row(long number, int part) {
    static final TypeInformation<Row> TYPE = ValueType.of(Row.class, new RowSerializer());
  }

  public static final class RowSerializer extends ValueSerializer<Row> {
    @Override
    protected void write(Row row, DataOutputView out) throws IOException {
      out.writeLong(row.number());
      out.writeInt(row.part());
    }

    @Override
    protected Row read(DataInputView in) throws IOException {
      return new Row(in.readLong(), in.readInt());
    }
  }

  /** The watermark rises with each beat, as that of the cdc topics does. */
  private static final class BeatWatermarks implements WatermarkGenerator<Row> {
    @Override
    public void onEvent(Row row, long timestamp, WatermarkOutput output) {
      if (row.part() == KEYS) {
        output.emitWatermark(new Watermark(row.number()));
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {}
  }
}
