package com.shareuptime.streams.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories of input, watermarks, outages, checkpoints and crashes. What must hold: a
 * watermark that comes out never claims what readers do not see, values never go back, and at the
 * end the newest of every key is there.
 */
class CoalescingSinkHistoriesTest {
  private static final int HISTORIES = 200;
  private static final int STEPS = 400;

  /** More values may not wait. */
  private static final int MANY = 40;

  private static final String LOST = "lost ";

  /** What the source would send again after a restore. */
  private record Sent(Item item, long watermark) {}

  static LongStream seeds() {
    long first = Long.getLong("seed", Long.getLong("tests.seed", System.nanoTime()));
    return LongStream.range(first, first + (System.getProperty("seed") == null ? HISTORIES : 1));
  }

  static LongStream fewSeeds() {
    return seeds().limit(50);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @Timeout(60)
  void whatAWatermarkClaimsIsWrittenAndNothingIsLost(long seed) throws Exception {
    Random random = new Random(seed);
    MoodyServer server = new MoodyServer(new Random(seed + 1), 0.05);
    SinkOptions options =
        new SinkOptions(
            "test",
            "test.surface",
            SinkHarness.INTERVAL,
            1 + random.nextInt(8),
            1000,
            Duration.ofMillis(1),
            Duration.ofMillis(2),
            false);
    List<Sent> log = new ArrayList<>();
    Map<String, Item> newest = new HashMap<>();
    int checkpointed = 0;
    OperatorSubtaskState checkpoint = null;
    long time = 0;
    long version = 0;
    BatchWriter<Item> writer = seed % 2 == 0 ? server.writer() : server.hidingWriter();
    SinkHarness sink = new SinkHarness(writer, options, null);
    try {
      for (int step = 0; step < STEPS; step++) {
        int dice = random.nextInt(100);
        if (dice < 55) {
          Item item = new Item("k" + random.nextInt(12), ++version, random.nextInt());
          newest.put(item.key(), item);
          log.add(new Sent(item, 0));
          feed(sink, log.get(log.size() - 1));
        } else if (dice < 70) {
          log.add(new Sent(null, ++time));
          feed(sink, log.get(log.size() - 1));
        } else if (dice < 85) {
          sink.passInterval();
        } else if (dice < 90) {
          server.away = !server.away;
          server.hides = server.away;
        } else if (dice < 96) {
          checkpoint = sink.snapshot();
          checkpointed = log.size();
        } else {
          sink.close();
          sink = new SinkHarness(writer, options, checkpoint);
          for (Sent again : log.subList(checkpointed, log.size())) {
            feed(sink, again);
          }
        }
        assertThatClaimsHold(sink, log, server);
      }
      server.away = false;
      server.hides = false;
      sink.finish();
      assertThat(server.visible).isEqualTo(newest);
    } finally {
      sink.close();
    }
  }

  /**
   * The same of values that do not replace each other, as writes to feeds: in an outage no input
   * and no checkpoint waits for the server, and a value is written or said to be given up.
   */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("fewSeeds")
  @Timeout(60)
  void inAnOutageNothingIsHeldBackAndWhatIsGivenUpIsSaid(long seed) throws Exception {
    Random random = new Random(seed);
    MoodyServer server = new MoodyServer(new Random(seed + 1), 0.02);
    SinkOptions options =
        SinkHarness.options().withMaxPendingKeys(MANY).withBatchSize(5).drainingAtCheckpoints();
    CoalescingSink<Object, Item> each =
        new CoalescingSink<>(
            any -> new Object(),
            any -> 0,
            server.writer(),
            options,
            CoalescingSinkHistoriesTest::giveUp);
    List<Sent> log = new ArrayList<>();
    int checkpointed = 0;
    OperatorSubtaskState checkpoint = null;
    long time = 0;
    long version = 0;
    SinkHarness sink = new SinkHarness(each, null);
    try {
      for (int step = 0; step < STEPS; step++) {
        int dice = random.nextInt(100);
        if (dice < 70) {
          log.add(new Sent(new Item("k" + random.nextInt(12), ++version, 0), 0));
          feed(sink, log.get(log.size() - 1));
        } else if (dice < 80) {
          log.add(new Sent(null, ++time));
          feed(sink, log.get(log.size() - 1));
        } else if (dice < 92) {
          sink.passInterval();
        } else if (dice < 94) {
          server.away = !server.away;
        } else if (dice < 98) {
          checkpoint = sink.snapshot();
          checkpointed = log.size();
        } else {
          sink.close();
          sink = new SinkHarness(each, checkpoint);
          for (Sent again : log.subList(checkpointed, log.size())) {
            feed(sink, again);
          }
        }
        assertThatClaimsHold(sink, log, server);
      }
      server.away = false;
      sink.finish();
      log.add(new Sent(null, Long.MAX_VALUE));
      feed(sink, log.get(log.size() - 1));
      assertThatClaimsHold(sink, log, server);
    } finally {
      sink.close();
    }
  }

  /** What says that values of these keys may be missing. */
  private static List<Item> giveUp(List<Item> values) {
    Map<String, Item> lost = new HashMap<>();
    for (Item value : values) {
      String key = value.key().startsWith(LOST) ? value.key() : LOST + value.key();
      lost.merge(
          key,
          new Item(key, value.version(), 0),
          (one, other) -> one.version() >= other.version() ? one : other);
    }
    return List.copyOf(lost.values());
  }

  private static void feed(SinkHarness sink, Sent sent) throws Exception {
    if (sent.item() == null) {
      sink.watermark(sent.watermark());
    } else {
      sink.put(sent.item().key(), sent.item().version(), sent.item().value());
    }
  }

  private static void assertThatClaimsHold(SinkHarness sink, List<Sent> log, MoodyServer server)
      throws Exception {
    sink.runMail();
    long claimed = sink.lastWatermark();
    for (Sent sent : log) {
      if (sent.item() == null) {
        if (sent.watermark() >= claimed) {
          return;
        }
      } else if (claimed != Long.MIN_VALUE) {
        String key = sent.item().key();
        assertThat(Math.max(version(server, key), version(server, LOST + key)))
            .as("version of %s before watermark %d", sent.item(), claimed)
            .isGreaterThanOrEqualTo(sent.item().version());
      }
    }
  }

  /** What readers see of a key, 0 if nothing. */
  private static long version(MoodyServer server, String key) {
    Item item = server.visible.get(key);
    return item == null ? 0 : item.version();
  }
}
