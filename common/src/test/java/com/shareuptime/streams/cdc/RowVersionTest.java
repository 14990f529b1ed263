package com.shareuptime.streams.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowVersionTest {
  @Test
  void generationsComeBeforeCommitsAndCommitsBeforeRows() {
    assertThat(
            List.of(
                new RowVersion(1, 0, 0),
                new RowVersion(1, 130, 100),
                new RowVersion(1, 130, 120),
                new RowVersion(1, 140, 110),
                new RowVersion(2, 0, 0),
                new RowVersion(2, 90, 80)))
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void theHeaderIsThreeNumbers() {
    RowVersion version = new RowVersion(3L << 20, 140, 110);

    assertThat(text(version.toHeader())).isEqualTo("3145728:140:110");
    assertThat(RowVersion.parse(version.toHeader())).isEqualTo(version);
    assertThat(text(new RowVersion(1, 0).toHeader())).isEqualTo("1:0:0");
  }

  /** What an earlier build wrote precedes all that commits later, wherever its rows lie. */
  @Test
  void aHeaderOfTwoNumbersIsACommitAtTheRow() {
    RowVersion earlier = RowVersion.parse(ascii("7:100"));

    assertThat(earlier).isEqualTo(new RowVersion(7, 100, 0));
    assertThat(earlier).isLessThan(new RowVersion(7, 110, 100)).isLessThan(new RowVersion(8, 0, 0));
    assertThat(earlier).isGreaterThan(RowVersion.parse(ascii("7:0")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1:", ":1", "1:2:", "1:2:3:4", "1:-2", "1:x:3", "1::3"})
  void anotherHeaderIsRefused(String header) {
    assertThatThrownBy(() -> RowVersion.parse(ascii(header)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void stateIsReadAsItWasWritten() throws IOException {
    for (RowVersion version :
        List.of(
            new RowVersion(0, 0, 0),
            new RowVersion(1 << 20, 0, 0),
            new RowVersion(0, 140, 110),
            new RowVersion(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE))) {
      DataOutputSerializer out = new DataOutputSerializer(32);
      version.write(out);
      DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());

      assertThat(RowVersion.read(in)).isEqualTo(version);
      assertThat(in.available()).isZero();
    }
  }

  @Test
  void stateOfAnEarlierBuildIsRead() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(32);
    out.writeLong(5L << 20); // the generation
    out.writeLong(100); // the row's LSN

    assertThat(RowVersion.read(new DataInputDeserializer(out.getCopyOfBuffer())))
        .isEqualTo(new RowVersion(5L << 20, 100, 0));
  }

  /**
   * One key's changes in the order of their commits, some logged before an earlier commit. An
   * earlier build has written the first of them; this one repeats from its checkpoint and goes on.
   */
  @Test
  void whatThisBuildWritesLastWinsOverAllThatAnEarlierOneWrote() {
    long seed = Long.getLong("tests.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int history = 0; history < 2_000; history++) {
      List<RowVersion> changes = new ArrayList<>();
      long commit = 0;
      for (int i = 0; i < 2 + random.nextInt(8); i++) {
        long before = commit;
        commit += 2 + random.nextInt(20);
        // logged at any time before its commit, also before that of the one ahead of it
        long lsn = Math.max(1, commit - 1 - random.nextInt((int) (commit - before + 15)));
        changes.add(new RowVersion(7, commit, Math.min(lsn, commit - 1)));
      }
      int written = random.nextInt(changes.size() + 1);
      int checkpoint = random.nextInt(Math.min(written + 1, changes.size()));

      RowVersion known = new RowVersion(7, 0);
      for (RowVersion change : changes.subList(0, written)) {
        known = newer(known, new RowVersion(7, change.lsn()));
      }
      for (RowVersion change : changes.subList(checkpoint, changes.size())) {
        known = newer(known, change);
      }

      assertThat(known)
          .as("seed %d, history %d: %s", seed, history, changes)
          .isEqualTo(changes.get(changes.size() - 1));
    }
  }

  private static RowVersion newer(RowVersion known, RowVersion next) {
    return next.compareTo(known) < 0 ? known : next;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String text(byte[] ascii) {
    return new String(ascii, StandardCharsets.US_ASCII);
  }
}
