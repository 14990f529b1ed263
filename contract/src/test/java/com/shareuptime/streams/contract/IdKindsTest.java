package com.shareuptime.streams.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdKindsTest {
  private static final Target.Type USER = Target.Type.of("user");
  private static final IdKinds KINDS = Products.WITH_VOTES_OF_USERS;

  /** Documents show the counters of before even of reels, which are not shared. */
  @Test
  void aTargetHasTheCountersThatMayCountForIt() {
    assertThat(KINDS.countersOf(USER)).extracting(CountedView::name).containsExactly("votes");
    assertThat(KINDS.countersOf(Target.Type.REEL))
        .extracting(CountedView::name)
        .containsExactly("likes", "comments", "shares");
    assertThat(KINDS.countersOf(Target.Type.POST))
        .extracting(CountedView::name)
        .containsExactly("likes", "comments", "shares", "votes");
    assertThat(KINDS.width()).isEqualTo(4);
  }

  @Test
  void onlyEntitiesOfTheModelAreTargets() {
    assertThat(KINDS.type("user")).contains(USER);
    assertThat(KINDS.type("comment")).isEmpty();
    assertThat(IdKinds.NUMBERS.type("user")).isEmpty();
    assertThat(KINDS.typeOfRows("users")).contains(USER);
    assertThatThrownBy(() -> IdKinds.NUMBERS.of(USER)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void idsOfAllTargetsAreTextsWhereTheyDiffer() {
    IdKinds kinds =
        Products.with(
            List.of(new TargetEntity(USER, "users", IdKind.UUID)),
            new CountedView(
                CounterKind.of(5), "claps", "clap", Set.of("user"), null, true, IdKind.UUID));
    assertThat(KINDS.targets()).isEqualTo(IdKind.NUMBER);
    assertThat(kinds.targets()).isEqualTo(IdKind.TEXT);
    assertThat(kinds.of(USER)).isEqualTo(IdKind.UUID);
  }
}
