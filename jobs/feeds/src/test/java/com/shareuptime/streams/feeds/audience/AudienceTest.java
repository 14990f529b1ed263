package com.shareuptime.streams.feeds.audience;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.feeds.fanout.AuthorInput;
import com.shareuptime.streams.serialization.IdSerializer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.StateObjectCollection;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class AudienceTest {
  private static final int MAX_PARALLELISM = 720;
  private static final long START = 1_000_000_000L;
  private static final long SPREAD = 1_000;
  private static final Id READER = Id.of(7);
  private static final Id AUTHOR = Id.of(9);

  private static KeyedOneInputStreamOperatorTestHarness<Id, ReaderInput, AuthorInput> run(
      OperatorSubtaskState... states) throws Exception {
    return run(
        new AudienceSettings(1_000_000, 800, 100, 100_000, 1_000_000, START, SPREAD), states);
  }

  private static KeyedOneInputStreamOperatorTestHarness<Id, ReaderInput, AuthorInput> run(
      AudienceSettings settings, OperatorSubtaskState... states) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new Audience(settings)),
            ReaderInput::user,
            IdSerializer.TYPE,
            MAX_PARALLELISM,
            1,
            0);
    harness.setProcessingTime(START);
    harness.setup(
        AuthorInput.TYPE.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    if (states.length > 0) {
      harness.initializeState(AbstractStreamOperatorTestHarness.repackageState(states));
    }
    harness.open();
    return harness;
  }

  private static void follows(
      KeyedOneInputStreamOperatorTestHarness<Id, ReaderInput, AuthorInput> run) throws Exception {
    run.processElement(
        new StreamRecord<>(
            new ReaderInput.Follow(READER, AUTHOR, new RowVersion(1, 1), true, START)));
  }

  private static void isActive(
      KeyedOneInputStreamOperatorTestHarness<Id, ReaderInput, AuthorInput> run) throws Exception {
    run.processElement(new StreamRecord<>(new ReaderInput.Activity(READER, START)));
  }

  private static List<AuthorInput> joins(
      KeyedOneInputStreamOperatorTestHarness<Id, ReaderInput, AuthorInput> run) {
    return run.extractOutputValues().stream().filter(AuthorInput.Join.class::isInstance).toList();
  }

  @Test
  void aBootstrapThatIsRestoredStillWaitsForAllTables() throws Exception {
    OperatorSubtaskState state;
    try (var first = run()) {
      isActive(first);
      first.processWatermark(new Watermark(START - 10_000));
      state = first.snapshot(1, START);
    }
    try (var second = run(state)) {
      isActive(second);
      assertThat(joins(second)).as("joins before all is read").isEmpty();
      follows(second);
      second.processWatermark(new Watermark(START + SPREAD));
      assertThat(joins(second)).extracting(AuthorInput::author).contains(AUTHOR, READER);
    }
  }

  @Test
  void aJobThatHasCaughtUpLetsUsersReturnAtOnceAfterARestore() throws Exception {
    OperatorSubtaskState state;
    try (var first = run()) {
      follows(first);
      first.processWatermark(new Watermark(START + SPREAD));
      isActive(first);
      state = first.snapshot(1, START);
    }
    try (var second = run(state)) {
      second.processElement(new StreamRecord<>(new ReaderInput.Activity(Id.of(8), START)));
      assertThat(joins(second)).extracting(AuthorInput::author).contains(Id.of(8));
    }
  }

  @Test
  void oneSubtaskThatHasNotCaughtUpHoldsAllBackAfterARescale() throws Exception {
    OperatorSubtaskState done;
    try (var first = run()) {
      first.processWatermark(new Watermark(START + SPREAD));
      isActive(first);
      done = first.snapshot(1, START);
    }
    OperatorSubtaskState open;
    try (var other = run()) {
      open = other.snapshot(1, START);
    }
    try (var second = run(operatorState(open, done))) {
      second.processElement(new StreamRecord<>(new ReaderInput.Activity(Id.of(8), START)));
      assertThat(joins(second)).isEmpty();
    }
  }

  /** By whatever a snapshot says of them; the rest returns at the pace of all who return. */
  @Test
  void manyWhoAreActiveAtABootstrapDoNotReturnAtOnce() throws Exception {
    int users = 1_000;
    try (var run = run(new AudienceSettings(1_000_000, 800, 100, 50, 1_000_000, START, SPREAD))) {
      for (long user = 1; user <= users; user++) {
        run.processElement(new StreamRecord<>(new ReaderInput.Activity(Id.of(user), START - 1)));
      }
      assertThat(run.extractOutputValues()).isEmpty();
      run.processWatermark(new Watermark(START + SPREAD));
      assertThat(joins(run)).hasSize(1);
      for (int second = 1; second <= users / 50; second++) {
        run.setProcessingTime(START + 1_000L * second);
        assertThat(joins(run)).hasSize(Math.min(users, 1 + 50 * second));
      }
    }
  }

  @Test
  void whoIsDeactivatedHasNoFeedWhateverRowsComeStill() throws Exception {
    try (var run = run()) {
      run.processWatermark(new Watermark(START + SPREAD));
      run.processElement(
          new StreamRecord<>(new ReaderInput.Account(READER, new RowVersion(1, 1), false)));
      isActive(run);
      assertThat(joins(run)).isEmpty();
      run.processElement(
          new StreamRecord<>(new ReaderInput.Account(READER, new RowVersion(1, 2), true)));
      assertThat(joins(run)).as("when the account is active again").hasSize(1);
    }
  }

  @Test
  void theLatestActivityCounts() throws Exception {
    try (var run = run()) {
      run.processWatermark(new Watermark(START + SPREAD));
      for (long time : new long[] {START, START + 500_000, START + 1}) {
        run.processElement(new StreamRecord<>(new ReaderInput.Activity(READER, time)));
      }
      run.processWatermark(new Watermark(START + 1_499_999));
      assertThat(run.extractOutputValues()).hasSize(1).allMatch(AuthorInput.Join.class::isInstance);
      run.processWatermark(new Watermark(START + 1_500_000));
      assertThat(run.extractOutputValues())
          .anyMatch(AuthorInput.Drop.class::isInstance)
          .anyMatch(AuthorInput.Leave.class::isInstance);
    }
  }

  /** Both subtasks' operator state, with the keys of the first. */
  private static OperatorSubtaskState operatorState(
      OperatorSubtaskState keys, OperatorSubtaskState other) {
    var union = new ArrayList<>(keys.getManagedOperatorState().stream().toList());
    union.addAll(other.getManagedOperatorState().stream().toList());
    return OperatorSubtaskState.builder()
        .setManagedKeyedState(keys.getManagedKeyedState())
        .setManagedOperatorState(new StateObjectCollection<>(union))
        .build();
  }
}
