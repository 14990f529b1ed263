package com.shareuptime.streams.sink;

import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.sink.postgres.ColumnType;
import com.shareuptime.streams.sink.postgres.PostgresUpsertWriter;
import com.shareuptime.streams.sink.postgres.UpsertTable;
import com.shareuptime.streams.sink.postgres.UpsertTable.Column;
import com.shareuptime.streams.sink.redis.HashScript;
import com.shareuptime.streams.sink.redis.RedisWriter;
import com.shareuptime.streams.sink.redis.VersionedHash;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/**
 * How fast each writer is by itself, on servers of its own: prints writes a second for new keys and
 * for newer versions of keys that exist.
 */
final class SinkThroughput {
  private static final int KEYS = 100_000;
  private static final int ROUNDS = 5;

  private SinkThroughput() {}

  public static void main(String[] arguments) throws Exception {
    LocalStack stack = Servers.redis();
    Servers.postgres();
    for (int batch : new int[] {1_000, 5_000}) {
      try (var redis = Servers.client(stack)) {
        redis.flushAll();
      }
      measure(
          "redis",
          new RedisWriter<>(
              Servers.address(stack),
              new HashScript<>(
                  item ->
                      VersionedHash.live(
                          "counters:{post:" + item.key() + "}",
                          item.version(),
                          "likes",
                          Long.toString(item.value()),
                          "comments",
                          "0",
                          "shares",
                          "0"),
                  Duration.ofDays(8)),
              "test.redis",
              LostWrites.heldUntil("mend")),
          batch,
          stack.pid(Server.REDIS).orElseThrow());
      Servers.sql(stack, "truncate streams.counters");
      measure(
          "postgres",
          new PostgresUpsertWriter<>(
              Servers.postgresAddress(stack), counters(), SinkThroughput::row),
          batch,
          stack.pid(Server.POSTGRES).orElseThrow());
    }
  }

  private static UpsertTable counters() {
    return new UpsertTable(
        "streams.counters",
        List.of(
            new Column("target_type", ColumnType.TEXT), new Column("target_id", ColumnType.BIGINT)),
        List.of(
            new Column("likes_count", ColumnType.BIGINT),
            new Column("comments_count", ColumnType.BIGINT),
            new Column("shares_count", ColumnType.BIGINT),
            new Column("version", ColumnType.BIGINT),
            new Column("updated_at", ColumnType.TIMESTAMP_MICROS),
            new Column("deleted_at", ColumnType.TIMESTAMP_MICROS)),
        "version");
  }

  private static Object[] row(Item item) {
    return new Object[] {
      "post",
      Long.parseLong(item.key()),
      item.value(),
      0L,
      0L,
      item.version(),
      1_764_028_805_123_457L,
      null
    };
  }

  private static void measure(String name, BatchWriter<Item> writer, int batch, long pid)
      throws Exception {
    writer.open(new UnregisteredMetricsGroup());
    List<Integer> keys = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      keys.add(key);
    }
    for (int round = 1; round <= ROUNDS; round++) {
      Collections.shuffle(keys, new Random(round));
      List<Item> items = new ArrayList<>(KEYS);
      for (int key : keys) {
        items.add(new Item(Integer.toString(key), round, round * 1000L + key));
      }
      long clientBefore = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      long serverBefore = cpuNanos(pid);
      long start = System.nanoTime();
      for (int from = 0; from < KEYS; from += batch) {
        writer.write(items.subList(from, Math.min(KEYS, from + batch)));
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      double client =
          (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - clientBefore)
              / 1e3
              / KEYS;
      double server = (cpuNanos(pid) - serverBefore) / 1e3 / KEYS;
      System.out.printf(
          "%-9s batches of %6d, round %d: %,10.0f writes/s; CPU a write: client %.2f us, server %.2f us%n",
          name, batch, round, KEYS / seconds, client, server);
    }
    writer.close();
  }

  /** Of a server with all its processes. */
  private static long cpuNanos(long pid) {
    ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
    return Stream.concat(Stream.of(server), server.descendants())
        .mapToLong(process -> process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
        .sum();
  }
}
