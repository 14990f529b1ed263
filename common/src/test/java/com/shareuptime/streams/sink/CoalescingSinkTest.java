package com.shareuptime.streams.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.shareuptime.streams.deadletter.DeadLetter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CoalescingSinkTest {
  private final MoodyServer server = new MoodyServer();

  private SinkHarness sink() throws Exception {
    return new SinkHarness(server.writer(), SinkHarness.options(), null);
  }

  @Test
  void onlyTheNewestValueOfAKeyIsWritten() throws Exception {
    try (var sink = sink()) {
      for (int version = 1; version <= 100; version++) {
        sink.put("a", version, version * 10);
      }
      sink.passUntil(() -> server.writes.get() > 0);
      assertThat(server.held).containsOnlyKeys("a").containsEntry("a", new Item("a", 100, 1000));
      assertThat(server.writes).hasValue(1);
    }
  }

  /** Of what waits only the sum goes on, under one key. */
  private SinkHarness condensing(SinkOptions options, OperatorSubtaskState restored)
      throws Exception {
    Condenser<Item> sum =
        values -> List.of(new Item("sum", 1, values.stream().mapToLong(Item::value).sum()));
    return new SinkHarness(
        new CoalescingSink<>(Item::key, Item::version, server.writer(), options, sum), restored);
  }

  @Test
  void inAnOutageValuesAreCondensedInsteadOfHoldingInputBack() throws Exception {
    try (var sink = condensing(SinkHarness.options().drainingAtCheckpoints(), null)) {
      server.away = true;
      sink.put("first", 1, 1);
      sink.passUntil(() -> server.tries.get() > 1);
      for (int key = 0; key < 5_000; key++) { // five times what may wait
        sink.put("k" + key, 1, 1);
      }
      sink.watermark(1000);
      sink.runMail();
      assertThat(sink.watermarks()).isEmpty();

      server.away = false;
      sink.passUntil(() -> sink.lastWatermark() == 1000);
      assertThat(server.held).containsKeys("first", "sum");
      long single = server.held.keySet().stream().filter(key -> key.startsWith("k")).count();
      assertThat(single).isLessThanOrEqualTo(1_000);
      assertThat(server.held.get("sum").value()).isEqualTo(5_000 - single);
    }
  }

  @Test
  void inAnOutageACheckpointKeepsWhatValuesAreCondensedTo() throws Exception {
    OperatorSubtaskState state;
    try (var sink = condensing(SinkHarness.options().drainingAtCheckpoints(), null)) {
      server.away = true;
      for (int key = 0; key < 50; key++) {
        sink.put("k" + key, 1, 2);
      }
      state = sink.snapshot();
      server.away = false;
      sink.passUntil(() -> server.held.size() == 50); // this run itself has lost nothing
    }
    server.held.clear();
    try (var sink = condensing(SinkHarness.options().drainingAtCheckpoints(), state)) {
      sink.passUntil(() -> !server.held.isEmpty());
      assertThat(server.held).containsOnlyKeys("sum").containsEntry("sum", new Item("sum", 1, 100));
    }
  }

  @Test
  void whileTheServerIsThereACheckpointWaitsUntilAllIsWritten() throws Exception {
    try (var sink = condensing(SinkHarness.options().drainingAtCheckpoints(), null)) {
      for (int key = 0; key < 50; key++) {
        sink.put("k" + key, 1, 2);
      }
      sink.snapshot();
      assertThat(server.held).hasSize(50).doesNotContainKey("sum");
    }
  }

  @Test
  void aFullBatchIsWrittenBeforeTheIntervalIsOver() throws Exception {
    try (var sink = sink()) {
      for (int key = 0; key < 10; key++) {
        sink.put("k" + key, 1, 1);
      }
      await().until(() -> server.held.size() == 10);
    }
  }

  @Test
  void aWatermarkWaitsUntilAllBeforeItIsWritten() throws Exception {
    try (var sink = sink()) {
      server.away = true;
      sink.put("a", 1, 1);
      sink.watermark(1000);
      sink.passUntil(() -> server.tries.get() > 3);
      sink.put("b", 1, 1);
      sink.watermark(2000);
      sink.runMail();
      assertThat(sink.watermarks()).isEmpty();

      server.away = false;
      sink.passUntil(() -> sink.lastWatermark() == 2000);
      assertThat(sink.watermarks()).containsExactly(1000L, 2000L);
      assertThat(server.held).containsOnlyKeys("a", "b");
    }
  }

  @Test
  void noWatermarkPassesWhileTheServerLacksWhatItHadConfirmed() throws Exception {
    try (var sink = sink()) {
      server.lacks = true;
      sink.watermark(1000);
      sink.put("a", 1, 1);
      sink.watermark(2000);
      sink.status(WatermarkStatus.IDLE);
      sink.passUntil(() -> server.tries.get() > 3);
      assertThat(server.held).as("what changes is written").containsKey("a");
      assertThat(sink.watermarks()).isEmpty();
      assertThat(sink.statuses()).isEmpty();
      sink.snapshot();

      server.lacks = false;
      sink.passUntil(() -> sink.lastWatermark() == 2000);
      assertThat(sink.statuses()).containsExactly(WatermarkStatus.IDLE);
    }
  }

  @Test
  void aLossThatOnlyANewStartMakesGoodEndsTheTask() throws Exception {
    try (var sink = sink()) {
      server.lost = true;
      sink.put("a", 1, 1);
      assertThatThrownBy(() -> sink.passUntil(() -> false))
          .hasRootCauseInstanceOf(LostWrites.AllMustBeWritten.class);
    }
  }

  @Test
  void whatTheServerHasConfirmedIsKeptForEverySubtaskOfTheNextRun() throws Exception {
    StoreMark one = new StoreMark("one", 7, false);
    StoreMark other = new StoreMark("other", 3, true);
    OperatorSubtaskState[] states = new OperatorSubtaskState[2];
    for (int i = 0; i < 2; i++) {
      server.marks = List.of(i == 0 ? one : other);
      try (var sink = sink()) {
        states[i] = sink.snapshot();
      }
    }
    OperatorSubtaskState both = AbstractStreamOperatorTestHarness.repackageState(states);
    for (int subtask = 0; subtask < 3; subtask++) {
      var part =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(both, 128, 2, 3, subtask);
      try (var sink = new SinkHarness(server.writer(), SinkHarness.options(), part)) {
        assertThat(sink.watermarks()).isEmpty();
        assertThat(server.restored).containsExactlyInAnyOrder(one, other);
      }
    }
  }

  @Test
  void aWatermarkWaitsUntilAllBeforeItIsPublished() throws Exception {
    try (var sink = sink()) {
      server.hides = true;
      sink.put("a", 1, 1);
      sink.watermark(1000);
      sink.passUntil(() -> server.tries.get() > 3);
      assertThat(server.held).containsKey("a");
      assertThat(sink.watermarks()).isEmpty();

      server.hides = false;
      sink.passUntil(() -> sink.lastWatermark() == 1000);
      assertThat(server.published).hasValue(1);
    }
  }

  @Test
  void whatNobodyWaitsForIsPublishedSeldom() throws Exception {
    try (var sink = new SinkHarness(server.hidingWriter(), SinkHarness.options(), null)) {
      sink.watermark(1000);
      sink.passUntil(() -> sink.lastWatermark() == 1000);
      server.published.set(0);
      for (int interval = 0; interval < 100; interval++) {
        int held = server.held.size();
        sink.put("k" + interval, 1, 1);
        sink.passUntil(() -> server.held.size() > held);
      }
      assertThat(server.published).hasValueBetween(1, 10);
      sink.passUntil(() -> server.visible.size() == 100);
    }
  }

  @Test
  void aWatermarkThatComesLateAfterAStartPassesAlthoughNothingIsWritten() throws Exception {
    try (var sink = new SinkHarness(server.hidingWriter(), SinkHarness.options(), null)) {
      sink.passInterval();
      sink.passInterval();
      sink.watermark(1000);
      sink.passUntil(() -> sink.lastWatermark() == 1000);
    }
  }

  @Test
  void afterARestartAWatermarkWaitsForWhatWasWrittenBeforeIt() throws Exception {
    server.hides = true;
    try (var sink = new SinkHarness(server.hidingWriter(), SinkHarness.options(), null)) {
      sink.watermark(1000);
      sink.passUntil(() -> server.tries.get() > 3);
      assertThat(sink.watermarks()).isEmpty();
      server.hides = false;
      sink.passUntil(() -> sink.lastWatermark() == 1000);
    }
  }

  @Test
  void aWatermarkPassesAtOnceWhileNothingWaits() throws Exception {
    try (var sink = sink()) {
      server.away = true;
      sink.watermark(1000);
      assertThat(sink.watermarks()).containsExactly(1000L);
    }
  }

  @Test
  void idlenessWaitsLikeAWatermark() throws Exception {
    try (var sink = sink()) {
      server.away = true;
      sink.put("a", 1, 1);
      sink.watermark(1000);
      sink.status(WatermarkStatus.IDLE);
      assertThat(sink.statuses()).isEmpty();
      server.away = false;
      sink.passUntil(() -> !sink.statuses().isEmpty());
      assertThat(sink.watermarks()).containsExactly(1000L);
      assertThat(sink.statuses()).containsExactly(WatermarkStatus.IDLE);
    }
  }

  @Test
  void idlenessThatEndedWhileItWaitedIsNeverSeen() throws Exception {
    try (var sink = sink()) {
      server.away = true;
      sink.put("a", 1, 1);
      sink.status(WatermarkStatus.IDLE);
      sink.status(WatermarkStatus.ACTIVE);
      server.away = false;
      sink.passUntil(() -> server.held.size() == 1);
      sink.watermark(5);
      sink.passUntil(() -> sink.lastWatermark() == 5);
      assertThat(sink.statuses()).isEmpty();
    }
  }

  @Test
  void aCheckpointPassesWhileTheServerIsAwayAndTheRestoredValuesAreWritten() throws Exception {
    OperatorSubtaskState checkpoint;
    try (var sink = sink()) {
      server.away = true;
      sink.put("in flight", 1, 1);
      sink.passUntil(() -> server.tries.get() > 1);
      sink.put("gathered", 1, 2);
      checkpoint = sink.snapshot();
      sink.close();
      server.away = false;
    }
    assertThat(server.held).isEmpty();

    try (var restored = new SinkHarness(server.writer(), SinkHarness.options(), checkpoint)) {
      restored.watermark(1000);
      assertThat(restored.watermarks()).as("restored values come before it").isEmpty();
      restored.passUntil(() -> restored.lastWatermark() == 1000);
      assertThat(server.held.keySet()).containsExactlyInAnyOrder("in flight", "gathered");
    }
  }

  @Test
  void whatIsWrittenIsNoLongerInTheCheckpoint() throws Exception {
    OperatorSubtaskState checkpoint;
    try (var sink = sink()) {
      sink.put("a", 1, 1);
      sink.passUntil(() -> server.held.size() == 1);
      sink.runMail();
      sink.watermark(1);
      sink.passUntil(() -> sink.lastWatermark() == 1);
      checkpoint = sink.snapshot();
    }
    server.held.clear();
    try (var restored = new SinkHarness(server.writer(), SinkHarness.options(), checkpoint)) {
      restored.finish();
      assertThat(server.held).isEmpty();
    }
  }

  @Test
  void afterARescaleTheNewestOfTwoUnsentValuesOfAKeyIsWritten() throws Exception {
    server.away = true;
    List<OperatorSubtaskState> parts = new ArrayList<>();
    for (long version : List.of(7L, 3L)) {
      try (var sink = sink()) {
        sink.put("a", version, version);
        parts.add(sink.snapshot());
        sink.close();
        server.away = false;
      }
      server.held.clear();
      server.away = true;
    }
    server.away = false;
    var both =
        AbstractStreamOperatorTestHarness.repackageState(
            parts.toArray(new OperatorSubtaskState[0]));
    var one = AbstractStreamOperatorTestHarness.repartitionOperatorState(both, 720, 2, 1, 0);
    try (var restored = new SinkHarness(server.writer(), SinkHarness.options(), one)) {
      restored.passUntil(() -> !server.held.isEmpty());
      assertThat(server.held).containsEntry("a", new Item("a", 7, 7));
    }
  }

  @Test
  void aRefusedValueComesOutAsADeadLetterAndTheRestIsWritten() throws Exception {
    try (var sink = sink()) {
      server.refusedKey = "bad";
      sink.put("good", 1, 1);
      sink.put("bad", 1, 1);
      sink.watermark(1000);
      sink.passUntil(() -> sink.lastWatermark() == 1000);
      assertThat(server.held).containsOnlyKeys("good");
      assertThat(sink.deadLetters()).hasSize(1);
      DeadLetter letter = sink.deadLetters().get(0);
      assertThat(letter.reason()).isEqualTo("rejected-by-sink");
      assertThat(letter.topic()).isEqualTo("test.surface");
      assertThat(letter.detail()).isEqualTo("key bad is not wanted");
      assertThat(new String(letter.value(), UTF_8)).contains("bad");
    }
  }

  @Test
  void aRefusedValueIsADeadLetterBeforeItLeavesTheState() throws Exception {
    var options = SinkHarness.options().withBatchSize(1);
    server.refusedKey = "bad";
    try (var sink = new SinkHarness(server.writer(), options, null)) {
      sink.put("bad", 1, 1);
      await().until(() -> server.tries.get() > 0);
      var checkpoint = sink.snapshot();
      int before = sink.deadLetters().size();
      sink.close();
      try (var restored = new SinkHarness(server.writer(), options, checkpoint)) {
        restored.finish();
        assertThat(before + restored.deadLetters().size()).isEqualTo(1);
      }
    }
  }

  @Test
  void inputIsHeldBackOnlyAboveTheBoundAndGoesOnWhenTheServerIsBack() throws Exception {
    var options = SinkHarness.options().withMaxPendingKeys(20);
    try (var sink = new SinkHarness(server.writer(), options, null)) {
      server.away = true;
      for (int key = 0; key < 20; key++) {
        sink.put("k" + key, 1, 1);
      }
      for (int round = 2; round < 100; round++) {
        sink.put("k19", round, 1);
      }
      int tries = server.tries.get();
      var rescue =
          new Thread(
              () -> {
                await().until(() -> server.tries.get() > tries + 5);
                server.away = false;
              });
      rescue.start();
      sink.put("one too many", 1, 1);
      assertThat(server.away).as("the server was back before the sink took more").isFalse();
      assertThat(server.held).isNotEmpty();
      rescue.join();
    }
  }

  @Test
  void theEndOfTheInputWaitsUntilAllIsWritten() throws Exception {
    try (var sink = sink()) {
      server.away = true;
      for (int key = 0; key < 35; key++) {
        sink.put("k" + key, 1, 1);
      }
      sink.watermark(Long.MAX_VALUE);
      var rescue =
          new Thread(
              () -> {
                await().until(() -> server.tries.get() > 5);
                server.away = false;
              });
      rescue.start();
      sink.finish();
      assertThat(server.held).hasSize(35);
      assertThat(sink.watermarks()).containsExactly(Long.MAX_VALUE);
      rescue.join();
    }
  }

  @Test
  void aCancelledTaskEndsAtOnceWhileTheServerHangs() throws Exception {
    try (var sink = sink()) {
      server.hangs = true;
      sink.put("a", 1, 1);
      sink.passUntil(() -> server.tries.get() > 0);
      long start = System.nanoTime();
      sink.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
      await()
          .until(
              () ->
                  Thread.getAllStackTraces().keySet().stream()
                      .noneMatch(t -> t.getName().equals("sink-test.surface")));
    }
  }
}
