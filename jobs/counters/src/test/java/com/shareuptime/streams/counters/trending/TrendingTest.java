package com.shareuptime.streams.counters.trending;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.listing.ListChange;
import com.shareuptime.streams.counters.listing.ListChange.AuthorLeaves;
import com.shareuptime.streams.counters.listing.ListChange.Minute;
import com.shareuptime.streams.counters.listing.ListChange.TargetLeaves;
import com.shareuptime.streams.counters.window.WindowUpdate;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrendingTest {
  private static final long START = 1_700_000_000_000L;

  /** When a start without state has seen a whole minute. */
  private static final long WHOLE = START + 120_000;

  private OneInputStreamOperatorTestHarness<ListChange, Ranking> harness;

  @BeforeEach
  void start() throws Exception {
    harness = harness(null);
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
  }

  @Test
  void aListIsRankedEveryFewSecondsAndLosesWhatLeaves() throws Exception {
    minute(1, 7);
    minute(2, 8);
    minute(3, 8);
    time(WHOLE + 1_000);
    assertThat(posts()).containsExactly(Id.of(1), Id.of(2), Id.of(3));
    take(new TargetLeaves(target(1), Id.of(7)));
    time(WHOLE + 2_000);
    assertThat(posts()).as("not yet").containsExactly(Id.of(1), Id.of(2), Id.of(3));
    time(WHOLE + 6_000);
    assertThat(posts()).containsExactly(Id.of(2), Id.of(3));
    take(new AuthorLeaves(Target.Type.POST, Id.of(8)));
    time(WHOLE + 11_000);
    assertThat(posts()).isEmpty();
  }

  @Test
  void nothingIsWrittenBeforeAReplayIsOverNorBeforeAWholeMinuteWasSeen() throws Exception {
    minute(1, 7);
    time(WHOLE - 1);
    assertThat(harness.extractOutputValues()).isEmpty();
    goOn();
    time(START - 1);
    assertThat(harness.extractOutputValues()).isEmpty();
    time(START);
    assertThat(posts()).containsExactly(Id.of(1));
  }

  /** The run before may have listed what this one finds gone. */
  @Test
  void aListThatIsEmptyIsWrittenAllTheSame() throws Exception {
    goOn();
    time(START);
    assertThat(harness.extractOutputValues())
        .extracting(Ranking::list)
        .containsExactly(TrendingList.values());
    assertThat(posts()).isEmpty();
  }

  @Test
  void aRestoredListKnowsWhoseTargetsItHas() throws Exception {
    minute(1, 7);
    minute(2, 8);
    goOn();
    take(new AuthorLeaves(Target.Type.POST, Id.of(7)));
    time(START);
    assertThat(posts()).containsExactly(Id.of(2));
  }

  /** It kept a list of each key, and timers. */
  @Test
  void whatAnEarlierBuildHasLeftIsGoneOnWith() throws Exception {
    harness.close();
    harness =
        harness(
            OperatorSnapshotUtil.readStateHandle("src/test/resources/golden/trending-1.snapshot"));
    time(START);
    assertThat(posts()).containsExactly(Id.of(1), Id.of(2), Id.of(3));
    take(new AuthorLeaves(Target.Type.POST, Id.of(7)));
    take(new TargetLeaves(target(2), Id.of(7)));
    goOn();
    time(START + 6_000);
    assertThat(posts()).containsExactly(Id.of(1), Id.of(3));
  }

  private void goOn() throws Exception {
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    harness = harness(state);
  }

  private void minute(long id, long author) throws Exception {
    take(new Minute(new WindowUpdate(target(id), START - 60_000, Counts.of(1), 1), Id.of(author)));
  }

  private void take(ListChange change) throws Exception {
    harness.processElement(new StreamRecord<>(change));
  }

  private void time(long time) throws Exception {
    harness.setProcessingTime(Math.max(START, time));
    harness.processWatermark(new Watermark(time));
  }

  private List<Id> posts() {
    List<Ranking> rankings =
        harness.extractOutputValues().stream()
            .filter(ranking -> ranking.list() == TrendingList.POSTS)
            .toList();
    return rankings.get(rankings.size() - 1).entries().stream().map(Ranking.Entry::id).toList();
  }

  private static CounterTarget target(long id) {
    return new CounterTarget(Target.Type.POST, Id.of(id));
  }

  private static OneInputStreamOperatorTestHarness<ListChange, Ranking> harness(
      OperatorSubtaskState state) throws Exception {
    var harness = new OneInputStreamOperatorTestHarness<ListChange, Ranking>(new Trending());
    harness.setProcessingTime(START);
    harness.setup(Ranking.TYPE.createSerializer(harness.getExecutionConfig()));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }
}
