package com.shareuptime.streams.proof.bench.relevance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NdcgTest {
  private static final Map<Long, Integer> GRADES = Map.of(1L, 3, 2L, 2, 3L, 3, 4L, 0, 5L, 1, 6L, 2);

  @Test
  void theScoreIsThatOfTheFormulaDoneByHand() {
    // gains 7, 3, 7, 0, 1, 3 at discounts 1, 1.58496, 2, 2.32193, 2.58496, 2.80735:
    // 7 + 1.89279 + 3.5 + 0 + 0.38685 + 1.06862 = 13.84826
    // best: 7, 7, 3, 3, 1, 0: 7 + 4.41651 + 1.5 + 1.29203 + 0.38685 = 14.59539
    assertThat(Ndcg.of(List.of(1L, 2L, 3L, 4L, 5L, 6L), GRADES, 10))
        .isCloseTo(0.94881, within(0.00001));
  }

  @Test
  void theBestOrderIsOne() {
    assertThat(Ndcg.of(List.of(1L, 3L, 2L, 6L, 5L), GRADES, 10)).isEqualTo(1);
    assertThat(Ndcg.of(List.of(3L, 1L), GRADES, 2)).isEqualTo(1);
  }

  @Test
  void whatIsNotRelevantOrTooDeepGainsNothing() {
    assertThat(Ndcg.of(List.of(), GRADES, 10)).isZero();
    assertThat(Ndcg.of(List.of(7L, 8L), GRADES, 10)).isZero();
    assertThat(Ndcg.of(List.of(7L, 8L, 1L), GRADES, 2)).isZero();
  }
}
