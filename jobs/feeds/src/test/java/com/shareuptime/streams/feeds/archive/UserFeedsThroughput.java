package com.shareuptime.streams.feeds.archive;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.local.stack.Server;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/**
 * How fast the writer is by itself, on a Postgres of its own: prints rows a second for posts in
 * many feeds and for posts in few, and what a repeat costs.
 */
final class UserFeedsThroughput {
  private static final int USERS = 200_000;
  private static final int ROWS = 500_000;
  private static final int BATCH = 1_000;

  private UserFeedsThroughput() {}

  public static void main(String[] arguments) throws Exception {
    FeedStore store = FeedStore.start(Set.of(Server.POSTGRES));
    long pid = store.stack().pid(Server.POSTGRES).orElseThrow();
    try (var writer =
        new UserFeedsWriter(store.address(), IdKinds.NUMBERS, Duration.ofDays(90), 4)) {
      writer.open(new UnregisteredMetricsGroup());
      store.sql("truncate streams.user_feeds");
      for (int followers : new int[] {512, 512, 512, 512, 20, 2}) {
        List<Delivery> deliveries = deliveries(followers, new Random(followers));
        measure("new", followers, writer, deliveries, pid);
        measure("repeated", followers, writer, deliveries, pid);
      }
      System.out.println(
          store.ask(
              "select pg_size_pretty(sum(pg_relation_size(inhrelid))) || ' of rows, '"
                  + " || pg_size_pretty(sum(pg_indexes_size(inhrelid))) || ' of index'"
                  + " from pg_inherits where inhparent = 'streams.user_feeds'::regclass"));
    }
  }

  private static List<Delivery> deliveries(int followers, Random random) {
    long now = System.currentTimeMillis() * 1000;
    List<Delivery> deliveries = new ArrayList<>();
    for (int i = 0; i < ROWS / followers; i++) {
      deliveries.add(
          new Delivery(
              new Delivery.Place(0, i),
              Id.of(random.nextInt(USERS) + 1),
              Ids.of(Id.of(now - i)),
              new long[] {now - i},
              Ids.packed(random.longs(followers, 1, USERS).toArray())));
    }
    return deliveries;
  }

  private static void measure(
      String what, int followers, UserFeedsWriter writer, List<Delivery> deliveries, long pid)
      throws Exception {
    long clientBefore = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long serverBefore = cpuNanos(pid);
    long start = System.nanoTime();
    for (int from = 0; from < deliveries.size(); from += BATCH) {
      writer.write(deliveries.subList(from, Math.min(deliveries.size(), from + BATCH)));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%-8s rows, %3d users a delivery: %,9.0f rows/s; CPU a row: client %.2f us, server %.2f us%n",
        what,
        followers,
        ROWS / seconds,
        (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - clientBefore) / 1e3 / ROWS,
        (cpuNanos(pid) - serverBefore) / 1e3 / ROWS);
  }

  /** Of a server with all its processes. */
  private static long cpuNanos(long pid) {
    ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
    return Stream.concat(Stream.of(server), server.descendants())
        .mapToLong(process -> process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
        .sum();
  }
}
