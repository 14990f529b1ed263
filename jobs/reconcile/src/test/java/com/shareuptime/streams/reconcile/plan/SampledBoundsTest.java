package com.shareuptime.streams.reconcile.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SampledBoundsTest {
  private static final IdKinds TEXTS = new IdKinds(IdKind.TEXT, IdKind.TEXT, IdKind.TEXT);
  private static final SampledBounds BOUNDS = new SampledBounds(Scope.POST_COUNTERS, TEXTS);

  private static List<Id> ids(String... texts) {
    return Stream.of(texts).map(Id::of).toList();
  }

  @Test
  void whatHasFewRowsIsOneBucket() {
    assertThat(BOUNDS.bounds(List.of(), ids())).containsExactly(Id.of(""));
    assertThat(BOUNDS.bounds(List.of(), ids("b", "d"))).containsExactly(Id.of(""));
  }

  @Test
  void onlyWhatHasManyRowsIsParted() {
    TreeSet<Id> first = BOUNDS.bounds(List.of(), ids("b", "d", "f"));
    assertThat(first).containsExactlyElementsOf(ids("", "b", "d", "f"));
    List<Id> former = List.copyOf(first);
    assertThat(BOUNDS.bounds(former, ids("a", "c", "e", "g"))).as("as before").isEqualTo(first);
    assertThat(BOUNDS.bounds(former, ids("a", "d1", "d2", "d3", "g")))
        .containsExactlyElementsOf(ids("", "b", "d", "d1", "d2", "d3", "f"));
    assertThat(BOUNDS.bounds(former, ids())).as("never joined").isEqualTo(first);
  }

  @Test
  void noIdLiesBetweenTwoBuckets() {
    Random random = new Random(42);
    for (int i = 0; i < 20_000; i++) {
      Id bound = text(random);
      Id last = SampledBounds.before(IdKind.TEXT, bound);
      assertThat(last).isLessThan(bound);
      Id other = text(random);
      assertThat(other.compareTo(last) <= 0)
          .as("'%s' beside '%s'", other, bound)
          .isEqualTo(other.compareTo(bound) < 0);
    }
    for (String bound : List.of("a\u0001", "\u0001", "\uE000", "a\uE000", "\uD800\uDC00")) {
      assertThat(SampledBounds.before(IdKind.TEXT, Id.of(bound))).isLessThan(Id.of(bound));
    }
    Id uuid = Id.ofUuid(7, 9);
    assertThat(SampledBounds.before(IdKind.TEXT, uuid))
        .as("a text as others, where ids are texts")
        .isGreaterThan(Id.of(Id.ofUuid(7, 8) + "x"));
    assertThat(SampledBounds.before(IdKind.UUID, Id.ofUuid(7, 0))).isEqualTo(Id.ofUuid(6, -1));
    assertThat(SampledBounds.before(IdKind.UUID, Id.ofUuid(7, 9))).isEqualTo(Id.ofUuid(7, 8));
    assertThat(SampledBounds.before(IdKind.UUID, Id.ofUuid(Long.MIN_VALUE, 0)))
        .isEqualTo(Id.ofUuid(Long.MAX_VALUE, -1));
  }

  /** Of few letters, so that many have the same beginning. */
  private static Id text(Random random) {
    List<String> letters =
        List.of("\u0001", "\u0002", "a", "b", "\uD7FF", "\uE000", "\uD83D\uDE00");
    StringBuilder text = new StringBuilder();
    List<String> drawn = new ArrayList<>();
    for (int length = 1 + random.nextInt(4); length > 0; length--) {
      drawn.add(letters.get(random.nextInt(letters.size())));
    }
    drawn.forEach(text::append);
    return Id.of(text.toString());
  }
}
