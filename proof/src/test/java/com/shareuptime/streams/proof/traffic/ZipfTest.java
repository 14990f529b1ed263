package com.shareuptime.streams.proof.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ZipfTest {
  private static final int DRAWS = 200_000;

  @Test
  void theFirstRankIsDrawnTwiceAsOftenAsTheSecondAndTenTimesAsTheTenth() {
    int[] drawn = draw(100, 1.0);

    assertThat((double) drawn[0] / drawn[1]).isCloseTo(2.0, within(0.15));
    assertThat((double) drawn[0] / drawn[9]).isCloseTo(10.0, within(1.0));
  }

  @Test
  void withExponentZeroAllRanksAreAlikeAndNoneIsLeftOut() {
    int[] drawn = draw(100, 0);

    assertThat(Arrays.stream(drawn).boxed().toList())
        .allSatisfy(n -> assertThat(n).isBetween(1_700, 2_300));
  }

  private static int[] draw(int size, double exponent) {
    Zipf zipf = new Zipf(size, exponent);
    SplittableRandom random = new SplittableRandom(7);
    int[] drawn = new int[size];
    for (int i = 0; i < DRAWS; i++) {
      drawn[zipf.draw(random)]++;
    }
    return drawn;
  }
}
