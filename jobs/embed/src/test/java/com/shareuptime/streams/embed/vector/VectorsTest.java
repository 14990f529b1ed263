package com.shareuptime.streams.embed.vector;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.embed.text.TextRow;
import com.shareuptime.streams.embedding.MiniLm;
import com.shareuptime.streams.vector.DocumentVector;
import com.shareuptime.streams.vector.TextHash;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With the real model. */
class VectorsTest {
  private static final long LINGER = 100;
  private static final long RETENTION = 10_000;
  private static final IdKinds KINDS = new IdKinds(IdKind.NUMBER, IdKind.NUMBER, IdKind.TEXT);

  private KeyedTwoInputStreamOperatorTestHarness<String, TextRow, KnownVector, DocumentVector>
      harness;

  @BeforeEach
  void start() throws Exception {
    start(null);
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
  }

  private void start(OperatorSubtaskState state) throws Exception {
    harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new Vectors(new VectorSettings(1, 4, LINGER, RETENTION, 1_000_000), KINDS),
            TextRow::document,
            KnownVector::document,
            Types.STRING);
    harness.setup(
        VectorType.TYPE.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  private void restart() throws Exception {
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    start(state);
  }

  private void row(long id, long lsn, String text) throws Exception {
    tell(new TextRow("post", Id.of(id), new RowVersion(1, lsn), true, text, lsn));
  }

  private void delete(long id, long lsn) throws Exception {
    tell(new TextRow("post", Id.of(id), new RowVersion(1, lsn), false, null, lsn));
  }

  private void tell(TextRow row) throws Exception {
    harness.processElement1(new StreamRecord<>(row));
  }

  private void topicHas(long id, long lsn, String text, String model) throws Exception {
    harness.processElement2(
        new StreamRecord<>(
            new KnownVector("post:" + id, TextHash.of(text), model, new RowVersion(1, lsn))));
  }

  private void topicIsRead() throws Exception {
    harness.processWatermark2(Watermark.MAX_WATERMARK);
    turn();
  }

  private void turn() throws Exception {
    harness.setProcessingTime(harness.getProcessingTime() + LINGER);
  }

  /** What came out since the last look, such as {@code post:1=text}. */
  private List<String> written(String... texts) {
    List<String> written = new ArrayList<>();
    for (Object output : harness.getOutput()) {
      if (output instanceof StreamRecord<?> record) {
        var vector = (DocumentVector) record.getValue();
        String text =
            List.of(texts).stream()
                .filter(known -> TextHash.of(known).equals(vector.textHash()))
                .findFirst()
                .orElse(null);
        assertThat(vector.vector() == null).isEqualTo(vector.textHash() == null);
        written.add(vector.target() + ':' + vector.targetId() + '=' + text);
      }
    }
    harness.getOutput().clear();
    return written;
  }

  private boolean isPassed(long time) {
    return harness.getOutput().contains(new Watermark(time));
  }

  @Test
  void anIdMayHaveAColonAndMayLookLikeANumber() throws Exception {
    topicIsRead();
    for (String id : new String[] {"at://a:1", "42", "c0ffee00-0000-4000-8000-0000000000ff"}) {
      tell(new TextRow("reel", Id.of(id), new RowVersion(1, 5), true, id, 1));
      turn();
      var vector = (DocumentVector) ((StreamRecord<?>) harness.getOutput().poll()).getValue();
      assertThat(vector.target()).isEqualTo("reel");
      assertThat(vector.targetId()).isEqualTo(Id.of(id));
    }
  }

  @Test
  void aTextGetsTheVectorThatTheModelHasOfIt() throws Exception {
    topicIsRead();
    row(1, 5, "a walk by the sea");
    turn();

    var vector = (DocumentVector) ((StreamRecord<?>) harness.getOutput().poll()).getValue();
    assertThat(vector.asOf()).isEqualTo(new RowVersion(1, 5));
    assertThat(vector.model()).isEqualTo(MiniLm.model());
    try (MiniLm model = new MiniLm(1)) {
      assertThat(vector.vector()).isEqualTo(model.embed("a walk by the sea"));
    }
  }

  @Test
  void onlyAnotherTextIsComputedAgain() throws Exception {
    topicIsRead();
    row(1, 1, "one");
    turn();
    assertThat(written("one")).containsExactly("post:1=one");

    row(1, 2, "one");
    row(1, 3, null);
    turn();
    assertThat(written()).isEmpty();

    row(1, 4, "two");
    turn();
    assertThat(written("two")).containsExactly("post:1=two");
  }

  @Test
  void anOlderRowChangesNothing() throws Exception {
    topicIsRead();
    row(1, 9, "new");
    row(1, 8, "old");
    turn();

    assertThat(written("new", "old")).containsExactly("post:1=new");
  }

  @Test
  void ofTextsThatFollowFastTheNewestIsComputed() throws Exception {
    topicIsRead();
    row(1, 1, "one");
    row(1, 2, "two");
    row(1, 3, null);
    turn();

    assertThat(written("one", "two")).containsExactly("post:1=two");
  }

  @Test
  void aFullBatchDoesNotWait() throws Exception {
    topicIsRead();
    for (int id = 1; id <= 4; id++) {
      row(id, id, "text");
    }

    assertThat(written("text")).hasSize(4);
  }

  @Test
  void aStartWithoutStateTakesWhatTheTopicHas() throws Exception {
    row(1, 1, "old");
    row(1, 2, "kept"); // rows may come before their vectors
    row(2, 2, "other model");
    row(3, 2, "new to it");
    turn();
    assertThat(written()).isEmpty();
    topicHas(1, 1, "old", MiniLm.model());
    topicHas(1, 2, "kept", MiniLm.model());
    topicHas(2, 2, "other model", "another");
    topicHas(4, 2, "row comes later", MiniLm.model());
    topicIsRead();
    row(4, 1, "older than its vector");
    row(4, 2, "row comes later");
    turn();

    assertThat(written("other model", "new to it"))
        .containsExactlyInAnyOrder("post:2=other model", "post:3=new to it");
  }

  @Test
  void aVectorThatTheTopicHasLostIsComputed() throws Exception {
    row(1, 1, "text");
    topicHas(1, 1, "text", MiniLm.model());
    harness.processElement2(new StreamRecord<>(new KnownVector("post:1", null, null, null)));
    topicIsRead();

    assertThat(written("text")).containsExactly("post:1=text");
  }

  @Test
  void whatIsDeletedOrEmptyHasNoVector() throws Exception {
    row(3, 1, " ");
    topicHas(4, 1, "deleted while away", MiniLm.model());
    delete(4, 2);
    topicIsRead();
    row(1, 1, "one");
    row(2, 1, "two");
    turn();
    assertThat(written("one", "two")).containsExactly("post:4=null", "post:1=one", "post:2=two");

    delete(1, 2);
    row(2, 2, "");
    row(2, 3, " \n");
    turn();
    assertThat(written()).containsExactly("post:1=null", "post:2=null");
  }

  @Test
  void aDeletedDocumentIsForgottenLater() throws Exception {
    topicIsRead();
    row(1, 1, "one");
    delete(1, 2);
    turn();
    assertThat(harness.numKeyedStateEntries()).isEqualTo(1);

    harness.processWatermark1(new Watermark(2 + RETENTION));

    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void whatWaitsOutlivesARestart() throws Exception {
    topicIsRead();
    row(1, 1, "one");
    turn();
    row(2, 2, "two");
    restart();
    row(1, 1, "one");
    turn();

    assertThat(written("one", "two")).containsExactly("post:2=two");
  }

  @Test
  void aRestartBeforeTheEndOfTheTopicWaitsForItsRest() throws Exception {
    row(1, 1, "one");
    row(2, 2, "two");
    restart();
    harness.setProcessingTime(9_000);
    topicHas(1, 1, "one", MiniLm.model());
    harness.setProcessingTime(18_000);
    assertThat(written()).isEmpty();
    harness.setProcessingTime(19_100);
    turn();

    assertThat(written("one", "two")).containsExactly("post:2=two");
  }

  /** The run that failed has written the vector of a text that this one never computes. */
  @Test
  void aTextThatComesBackIsWrittenAgainAfterAFailure() throws Exception {
    topicIsRead();
    row(1, 1, "one");
    row(2, 1, "one");
    row(3, 1, " ");
    turn();
    row(2, 2, "two"); // waits when the checkpoint is taken
    OperatorSubtaskState state = harness.snapshot(1, 1);
    row(1, 2, "two");
    row(3, 2, "two");
    turn();
    written();
    harness.close();

    start(state);
    row(1, 2, "two");
    row(1, 3, "one");
    row(2, 3, "one");
    row(3, 2, "two");
    delete(3, 3);
    turn();
    assertThat(written("one", "two"))
        .containsExactlyInAnyOrder("post:1=one", "post:2=one", "post:3=null");
    row(1, 4, "one");
    turn();
    assertThat(written()).isEmpty();
  }

  @Test
  void whatTheTopicHadBeforeAFailureIsNotTrustedOfATextThatComesBack() throws Exception {
    row(1, 1, "two");
    OperatorSubtaskState state = harness.snapshot(1, 1);
    topicHas(1, 0, "one", MiniLm.model());
    topicIsRead();
    assertThat(written("two")).containsExactly("post:1=two");
    harness.close();

    start(state);
    row(1, 2, "one");
    topicHas(1, 0, "one", MiniLm.model());
    topicIsRead();
    assertThat(written("one")).containsExactly("post:1=one");
  }

  @Test
  void theWatermarkWaitsForTheTexts() throws Exception {
    harness.processWatermark1(new Watermark(50));
    topicIsRead();
    assertThat(isPassed(50)).isTrue();

    row(1, 1, "one");
    harness.processWatermark1(new Watermark(60));
    assertThat(isPassed(60)).isFalse();
    turn();
    assertThat(isPassed(60)).isTrue();
  }
}
