package com.shareuptime.streams.counters.total;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.CounterTarget;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeltaBundleTest {
  /** The last ones are no numbers; one has bits that are 0, and two have those of a number. */
  private static final List<Id> IDS =
      List.of(
          Id.of(1),
          Id.of(2),
          Id.of(3),
          Id.of(Long.MAX_VALUE),
          Id.ofUuid(0, 0),
          Id.ofUuid(0, 1),
          Id.ofUuid(0, 2),
          Id.of("2"));

  @Test
  void whatGoesInComesOutSummedByAllThatTellsItApart() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      DeltaBundle bundle = new DeltaBundle(64);
      for (int round = 0; round < 3; round++) {
        Map<CounterDelta, Long> expected = new HashMap<>();
        while (!bundle.isFull() && random.nextInt(200) > 0) {
          CounterDelta delta = random(random);
          bundle.add(delta);
          expected.merge(withCount(delta, 0), delta.count(), Long::sum);
        }
        Map<CounterDelta, Long> out = new HashMap<>();
        bundle.drain(delta -> out.put(withCount(delta, 0), delta.count()));
        assertThat(out).as("seed %d", seed).isEqualTo(expected);
        assertThat(bundle.isEmpty()).isTrue();
      }
    }
  }

  private static CounterDelta random(Random random) {
    return new CounterDelta(
        new CounterTarget(
            Target.Type.DOCUMENTS.get(random.nextInt(2)),
            IDS.get(random.nextInt(IDS.size() - (random.nextBoolean() ? 0 : 4)))),
        CounterKind.of(random.nextInt(CounterKind.FIXED)),
        random.nextBoolean(),
        random.nextInt(3),
        random.nextInt(2) == 0 ? 0 : 1L << 40,
        random.nextBoolean(),
        random.nextInt(3),
        random.nextInt(3));
  }

  private static CounterDelta withCount(CounterDelta delta, int count) {
    return new CounterDelta(
        delta.target(),
        delta.kind(),
        delta.create(),
        delta.second(),
        delta.generation(),
        delta.announced(),
        delta.carriedFrom(),
        count);
  }
}
