package com.shareuptime.streams.search.author;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.DocumentType;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrackAuthorshipTest {
  private static final DocumentKey POST = new DocumentKey(DocumentType.POST, Id.of(42));
  private static final long RETENTION = 1_000;
  private static final long GONE = 0;

  private KeyedOneInputStreamOperatorTestHarness<DocumentKey, AuthorshipRow, AuthorChange> harness;

  @BeforeEach
  void start() throws Exception {
    start(null);
  }

  private void start(OperatorSubtaskState state) throws Exception {
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new TrackAuthorship(RETENTION)),
            AuthorshipRow::document,
            DocumentKey.TYPE);
    harness.setup(
        AuthorChange.TYPE.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
  }

  private List<AuthorChange> row(long lsn, long author) throws Exception {
    return row(new RowVersion(1, lsn), author);
  }

  /** What is sent to authors after a change of the row. */
  private List<AuthorChange> row(RowVersion version, long author) throws Exception {
    int before = harness.extractOutputValues().size();
    harness.processElement(new StreamRecord<>(new AuthorshipRow(POST, version, Id.of(author), 10)));
    List<AuthorChange> all = harness.extractOutputValues();
    return List.copyOf(all.subList(before, all.size()));
  }

  private static AuthorChange wrote(long author, long lsn) {
    return new AuthorChange.Wrote(Id.of(author), POST, new RowVersion(1, lsn));
  }

  private static AuthorChange left(long author) {
    return new AuthorChange.Left(Id.of(author), POST);
  }

  @Test
  void aPostThatMovesLeavesOneAuthorForAnotherAndComesBack() throws Exception {
    assertThat(row(1, 7)).containsExactly(wrote(7, 1));
    assertThat(row(2, 7)).as("an edit").isEmpty();
    assertThat(row(3, 8)).containsExactly(left(7), wrote(8, 3));
    assertThat(row(4, 7)).containsExactly(left(8), wrote(7, 4));
  }

  @Test
  void anOlderRowGivesNothingBack() throws Exception {
    row(3, 8);
    assertThat(row(2, 7)).isEmpty();
    row(4, GONE);
    assertThat(row(3, 8)).isEmpty();
  }

  @Test
  void aDocumentThatIsGoneLeavesItsAuthorAndIsForgottenLater() throws Exception {
    row(1, 7);
    assertThat(row(2, GONE)).containsExactly(left(7));
    harness.processWatermark(new Watermark(10 + RETENTION - 1));
    assertThat(row(1, 7)).isEmpty();
    harness.processWatermark(new Watermark(10 + RETENTION));
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void aDocumentThatComesAgainIsNotForgotten() throws Exception {
    row(1, 7);
    row(2, GONE);
    assertThat(row(3, 7)).containsExactly(wrote(7, 3));
    harness.processWatermark(new Watermark(10 + RETENTION));
    assertThat(row(2, 8)).isEmpty();
  }

  /** What only an older generation knew is dropped elsewhere, and its author with it. */
  @Test
  void aNewerGenerationNamesTheAuthorAgain() throws Exception {
    row(1, 7);
    assertThat(row(new RowVersion(2, 0), 7))
        .containsExactly(new AuthorChange.Wrote(Id.of(7), POST, new RowVersion(2, 0)));
  }

  @Test
  void authorshipOutlivesARestart() throws Exception {
    row(3, 7);
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    start(state);
    assertThat(row(2, 8)).isEmpty();
    assertThat(row(4, 8)).containsExactly(left(7), wrote(8, 4));
  }
}
