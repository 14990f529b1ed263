package com.shareuptime.streams.embed;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.embed.text.TextRow;
import com.shareuptime.streams.embed.vector.KnownVector;
import com.shareuptime.streams.embed.vector.VectorSettings;
import com.shareuptime.streams.embed.vector.VectorType;
import com.shareuptime.streams.embed.vector.Vectors;
import com.shareuptime.streams.vector.DocumentVector;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * State that an earlier build has written is read by this one, at two subtasks as at one. A file is
 * never written anew for a change that breaks it: a new layout gets a new version byte, and a file
 * beside the old one. To write a first file: {@code -Dtest.jvm=-Dgolden.write=true}.
 */
class GoldenStateTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  /** The layout that this build writes. */
  private static final int NEWEST = 1;

  private static final int POSTS = 6;

  /** Half of the vectors are written, the others wait. */
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2"})
  void vectorsOfAnEarlierBuildAreRead(int layout, int parallelism) throws Exception {
    writeIfAsked();
    int written = 0;
    for (int subtask = 0; subtask < parallelism; subtask++) {
      OperatorSubtaskState state =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              OperatorSnapshotUtil.readStateHandle(file(layout).toString()),
              720,
              1,
              parallelism,
              subtask);
      try (var harness = harness(parallelism, subtask)) {
        harness.initializeState(state);
        harness.open();
        for (int id = 1; id <= POSTS; id++) {
          if (isIn("post:" + id, parallelism, subtask)) {
            harness.processElement1(new StreamRecord<>(row(id, 11, "text " + id)));
          }
        }
        harness.setProcessingTime(10_000);
        for (DocumentVector vector : harness.extractOutputValues()) {
          assertThat(vector.targetId()).isGreaterThan(Id.of(POSTS / 2));
          written++;
        }
      }
    }
    assertThat(written).isEqualTo(POSTS / 2);
  }

  private static void writeIfAsked() throws Exception {
    if (!Boolean.getBoolean("golden.write") || Files.exists(file(NEWEST))) {
      return;
    }
    Files.createDirectories(FOLDER);
    try (var harness = harness(1, 0)) {
      harness.open();
      harness.processWatermark2(Watermark.MAX_WATERMARK);
      for (int id = 1; id <= POSTS / 2; id++) {
        harness.processElement1(new StreamRecord<>(row(id, 10, "text " + id)));
      }
      harness.setProcessingTime(1_000);
      for (int id = POSTS / 2 + 1; id <= POSTS; id++) {
        harness.processElement1(new StreamRecord<>(row(id, 10, "text " + id)));
      }
      OperatorSnapshotUtil.writeStateHandle(harness.snapshot(1, 1), file(NEWEST).toString());
    }
  }

  private static TextRow row(long id, long lsn, String text) {
    return new TextRow("post", Id.of(id), new RowVersion(1 << 20, lsn), true, text, lsn);
  }

  private static Path file(int layout) {
    return FOLDER.resolve("vectors-%d.snapshot".formatted(layout));
  }

  private static boolean isIn(String document, int parallelism, int subtask) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(document, 720, parallelism)
        == subtask;
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, TextRow, KnownVector, DocumentVector>
      harness(int parallelism, int subtask) throws Exception {
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new Vectors(
                new VectorSettings(1, POSTS, 100, 100_000_000, 100_000_000), IdKinds.NUMBERS),
            TextRow::document,
            KnownVector::document,
            Types.STRING,
            720,
            parallelism,
            subtask);
    harness.setup(
        VectorType.TYPE.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    return harness;
  }
}
