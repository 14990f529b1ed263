package com.shareuptime.streams.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class IdsTest {
  private static final Ids SET = Ids.of(Id.of(2), Id.of(5), Id.of(9));

  @Test
  void aSetGrowsAndShrinksInOrder() {
    assertThat(SET.with(Id.of(1))).containsExactly(Id.of(1), Id.of(2), Id.of(5), Id.of(9));
    assertThat(SET.with(Id.of(7))).containsExactly(Id.of(2), Id.of(5), Id.of(7), Id.of(9));
    assertThat(SET.without(Id.of(5))).containsExactly(Id.of(2), Id.of(9));
    assertThat(Ids.NONE.with(Id.of(3))).containsExactly(Id.of(3));
  }

  @Test
  void aSetThatDoesNotChangeStaysTheSame() {
    assertThat(SET.with(Id.of(5))).isSameAs(SET);
    assertThat(SET.without(Id.of(6))).isSameAs(SET);
  }

  @Test
  void theFirstAboveAnIdIsFoundWhetherItIsThereOrNot() {
    assertThat(LongArrays.after(SET.packed(), 1)).isZero();
    assertThat(LongArrays.after(SET.packed(), 5)).isEqualTo(2);
    assertThat(LongArrays.after(SET.packed(), 6)).isEqualTo(2);
    assertThat(LongArrays.after(SET.packed(), 9)).isEqualTo(3);
  }

  @Test
  void whatIsGatheredKeepsItsOrder() {
    Ids.Builder builder = new Ids.Builder();
    for (long i = 100; i > 0; i--) {
      builder.add(Id.of(i % 10));
    }
    builder.addAll(SET);
    Ids built = builder.build();
    assertThat(built.size()).isEqualTo(103);
    assertThat(built.get(0)).isEqualTo(Id.of(0));
    assertThat(built.range(100, 103)).isEqualTo(SET);
    assertThat(built.sorted().stream().map(Id::number))
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(built.indexOf(Id.of(9))).isEqualTo(1);
    assertThat(built.indexOf(Id.of(10))).isEqualTo(-1);
  }

  @Test
  void idsAreEqualByContent() {
    assertThat(Ids.of(List.of(Id.of(2), Id.of(5), Id.of(9)))).isEqualTo(SET).hasSameHashCodeAs(SET);
    assertThat(SET).hasToString("[2, 5, 9]");
    assertThat(SET.sql()).containsExactly(2L, 5L, 9L);
  }
}
