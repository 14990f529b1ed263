package com.shareuptime.streams.counters.listing;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.listing.ListChange.AuthorLeaves;
import com.shareuptime.streams.counters.listing.ListChange.Minute;
import com.shareuptime.streams.counters.listing.ListChange.TargetLeaves;
import com.shareuptime.streams.counters.window.WindowUpdate;
import com.shareuptime.streams.serialization.IdSerializer;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which minutes get as far as a list, and what makes a target leave it. */
class ListingTest {
  private static final long RETENTION = 100_000;
  private static final Id AUTHOR = Id.of(7);
  private static final Id OTHER = Id.of(8);
  private static final CounterTarget POST = new CounterTarget(Target.Type.POST, Id.of(1));
  private static final WindowUpdate MINUTE = new WindowUpdate(POST, 0, Counts.of(1), 1);

  private KeyedTwoInputStreamOperatorTestHarness<
          CounterTarget, WindowUpdate, TargetStanding, ListChange>
      targets;
  private KeyedTwoInputStreamOperatorTestHarness<Id, ListChange, AuthorStanding, ListChange>
      authors;
  private long commit;

  @BeforeEach
  void start() throws Exception {
    targets =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(new ListTargets(RETENTION)),
            WindowUpdate::target,
            TargetStanding::target,
            CounterTarget.TYPE);
    authors = authors();
    targets.setup(ListChange.TYPE.createSerializer(targets.getExecutionConfig()));
    targets.open();
    authors.open();
  }

  private static KeyedTwoInputStreamOperatorTestHarness<Id, ListChange, AuthorStanding, ListChange>
      authors() throws Exception {
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(new ListAuthors()),
            ListChange::author,
            AuthorStanding::author,
            IdSerializer.TYPE);
    harness.setup(ListChange.TYPE.createSerializer(harness.getExecutionConfig()));
    return harness;
  }

  @AfterEach
  void stop() throws Exception {
    targets.close();
    authors.close();
  }

  @Test
  void aTargetIsListedOnceItsRowSaysSo() throws Exception {
    minute();
    assertThat(targets.extractOutputValues()).as("it may never have been").isEmpty();
    row(true, AUTHOR);
    minute();
    assertThat(targets.extractOutputValues()).containsExactly(new Minute(MINUTE, AUTHOR));
  }

  @Test
  void whatIsNoLongerPublicLeavesAndItsMinutesStayOut() throws Exception {
    row(true, AUTHOR);
    row(false, AUTHOR);
    minute();
    assertThat(targets.extractOutputValues()).containsExactly(new TargetLeaves(POST, AUTHOR));
    row(true, AUTHOR);
    minute();
    assertThat(targets.extractOutputValues()).hasSize(2);
  }

  @Test
  void anOlderRowChangesNothing() throws Exception {
    TargetStanding first = row(true, AUTHOR);
    row(false, AUTHOR);
    targets.processElement2(new StreamRecord<>(first));
    minute();
    assertThat(targets.extractOutputValues()).hasSize(1);
  }

  @Test
  void aHardDeletedTargetLeavesAndIsForgottenWhenNoOlderRowCanCome() throws Exception {
    row(true, AUTHOR);
    targets.processElement2(
        new StreamRecord<>(TargetStanding.gone(POST, new RowVersion(1, ++commit), 50_000)));
    assertThat(targets.extractOutputValues()).containsExactly(new TargetLeaves(POST, AUTHOR));
    targets.processWatermark1(new Watermark(50_000 + RETENTION - 1));
    targets.processWatermark2(new Watermark(50_000 + RETENTION - 1));
    assertThat(targets.numKeyedStateEntries()).isOne();
    targets.processWatermark1(new Watermark(50_000 + RETENTION));
    targets.processWatermark2(new Watermark(50_000 + RETENTION));
    assertThat(targets.numKeyedStateEntries()).isZero();
  }

  @Test
  void aTargetThatMovesLeavesByTheWayOfItsFormerAuthor() throws Exception {
    row(true, AUTHOR);
    row(true, OTHER);
    minute();
    assertThat(targets.extractOutputValues())
        .containsExactly(new TargetLeaves(POST, AUTHOR), new Minute(MINUTE, OTHER));
  }

  @Test
  void whatADeactivatedAuthorHasListedLeavesAndComesBackWithTheAuthor() throws Exception {
    listed();
    author(false);
    listed();
    author(true);
    listed();
    assertThat(authors.extractOutputValues())
        .containsExactly(
            new Minute(MINUTE, AUTHOR),
            new AuthorLeaves(Target.Type.POST, AUTHOR),
            new AuthorLeaves(Target.Type.REEL, AUTHOR),
            new Minute(MINUTE, AUTHOR));
  }

  @Test
  void anAuthorOfNothingThatIsListedIsNoNews() throws Exception {
    author(true);
    author(false);
    author(false);
    assertThat(authors.extractOutputValues()).isEmpty();
  }

  @Test
  void anOlderRowOfAnAuthorChangesNothing() throws Exception {
    AuthorStanding first = author(true);
    author(false);
    authors.processElement2(new StreamRecord<>(first));
    listed();
    assertThat(authors.extractOutputValues()).isEmpty();
  }

  /** They had the number itself for a key. */
  @Test
  void whatEarlierBuildsKnewOfAuthorsIsKnownStill() throws Exception {
    OperatorSubtaskState state;
    try (var earlier =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(new ListAuthors()),
            change -> change.author().number(),
            row -> row.author().number(),
            Types.LONG)) {
      earlier.setup(ListChange.TYPE.createSerializer(earlier.getExecutionConfig()));
      earlier.open();
      earlier.processElement2(
          new StreamRecord<>(new AuthorStanding(AUTHOR, new RowVersion(1, 1), false)));
      state = earlier.snapshot(1, 1);
    }
    authors.close();
    authors = authors();
    authors.initializeState(state);
    authors.open();
    listed();
    assertThat(authors.extractOutputValues()).isEmpty();
    assertThat(authors.numKeyedStateEntries()).isOne();
  }

  private void minute() throws Exception {
    targets.processElement1(new StreamRecord<>(MINUTE));
  }

  private void listed() throws Exception {
    authors.processElement1(new StreamRecord<>(new Minute(MINUTE, AUTHOR)));
  }

  private TargetStanding row(boolean listed, Id author) throws Exception {
    var row = new TargetStanding(POST, new RowVersion(1, ++commit), listed, author, commit);
    targets.processElement2(new StreamRecord<>(row));
    return row;
  }

  private AuthorStanding author(boolean listed) throws Exception {
    var row = new AuthorStanding(AUTHOR, new RowVersion(1, ++commit), listed);
    authors.processElement2(new StreamRecord<>(row));
    return row;
  }
}
