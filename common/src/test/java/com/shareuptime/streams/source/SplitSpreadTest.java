package com.shareuptime.streams.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitSpreadTest {

  @Test
  void newSplitsStayWhereTheConnectorWantsThemWhileEachReaderGetsOne() {
    SplitSpread spread = new SplitSpread(2);
    spread.holds(0, 0);
    spread.holds(1, 0);
    assertThat(spread.place(Map.of(0, List.of("a-0", "b-1"), 1, List.of("a-1", "b-0"))))
        .isEqualTo(Map.of(0, List.of("a-0", "b-1"), 1, List.of("a-1", "b-0")));
    assertThat(spread.place(Map.of(1, List.of("c-0")))).isEqualTo(Map.of(1, List.of("c-0")));
  }

  @Test
  void aPartitionThatIsAddedGoesToAReaderThatIsFree() {
    SplitSpread spread = new SplitSpread(3);
    spread.holds(0, 2);
    spread.holds(1, 0);
    spread.holds(2, 1);
    assertThat(spread.spare()).containsExactly(1);
    assertThat(spread.place(Map.of(0, List.of("new")))).isEqualTo(Map.of(1, List.of("new")));
    assertThat(spread.spare()).isEmpty();
    assertThat(spread.total()).isEqualTo(4);
  }

  @Test
  void nothingIsKnownWhileAReaderIsSilent() {
    SplitSpread spread = new SplitSpread(2);
    spread.holds(0, 1);
    assertThat(spread.isKnown()).isFalse();
    spread.holds(1, 0);
    assertThat(spread.isKnown()).isTrue();
    spread.forget(0);
    assertThat(spread.isKnown()).isFalse();
  }

  /** For each width: topics of other sizes, restores of what lay elsewhere, partitions added. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void noReaderIsWithoutASplitWhileThereAreEnoughOfThem(long seed) {
    Random random = new Random(seed);
    for (int readers = 1; readers <= 32; readers++) {
      for (int round = 0; round < 50; round++) {
        SplitSpread spread = new SplitSpread(readers);
        List<String> splits = new ArrayList<>();
        int topics = 1 + random.nextInt(5);
        for (int topic = 0; topic < topics; topic++) {
          int partitions = topic == 0 ? readers : 1 + random.nextInt(readers + 8);
          for (int partition = 0; partition < partitions; partition++) {
            splits.add("topic-" + topic + "-" + random.nextInt(9) + "/" + partition);
          }
        }
        int restored = random.nextBoolean() ? 0 : random.nextInt(splits.size() + 1);
        restore(spread, readers, restored, random);
        List<String> left = splits.subList(restored, splits.size());
        int first = random.nextInt(left.size() + 1);
        place(spread, left.subList(0, first), readers);
        place(spread, left.subList(first, left.size()), readers);
        assertThat(spread.spare())
            .as("seed %d, %d readers, %d of %s restored", seed, readers, restored, splits)
            .isEmpty();
        assertThat(spread.total()).isEqualTo(splits.size());
      }
    }
  }

  /** As Flink does: the elements of a list evenly over the subtasks, from anywhere. */
  private static void restore(SplitSpread spread, int readers, int restored, Random random) {
    int from = random.nextInt(readers);
    for (int i = 0; i < readers; i++) {
      int more = i < restored % readers ? 1 : 0;
      spread.holds((from + i) % readers, restored / readers + more);
    }
  }

  /** As Kafka's connector wants it. */
  private static void place(SplitSpread spread, List<String> splits, int readers) {
    Map<Integer, List<String>> wanted = new HashMap<>();
    for (String split : splits) {
      int slash = split.indexOf('/');
      int start = ((split.substring(0, slash).hashCode() * 31) & 0x7FFFFFFF) % readers;
      int partition = Integer.parseInt(split.substring(slash + 1));
      wanted.computeIfAbsent((start + partition) % readers, r -> new ArrayList<>()).add(split);
    }
    int count = splits.size();
    assertThat(spread.place(wanted).values().stream().mapToInt(List::size).sum()).isEqualTo(count);
  }
}
