package com.shareuptime.streams.counters.trending;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.listing.ListChange;
import com.shareuptime.streams.counters.window.WindowUpdate;
import org.junit.jupiter.api.Test;

class CandidatesTest {
  private static final long MINUTE = 60_000;
  private static final long NOW = 100 * MINUTE;

  private static final Id AUTHOR = Id.of(7);
  private static final Id OTHER = Id.of(8);

  private final Candidates candidates = new Candidates();

  @Test
  void whatIsNewWeighsMoreThanWhatIsOld() {
    update(1, NOW - 50 * MINUTE, 10, 0, 0);
    update(2, NOW - 2 * MINUTE, 5, 0, 0);
    assertThat(candidates.best(10, NOW))
        .extracting(Ranking.Entry::id)
        .containsExactly(Id.of(2), Id.of(1));
  }

  @Test
  void aShareCountsMoreThanACommentMoreThanALike() {
    update(1, NOW, 1, 0, 0);
    update(2, NOW, 0, 1, 0);
    update(3, NOW, 0, 0, 1);
    assertThat(candidates.best(10, NOW))
        .extracting(Ranking.Entry::id)
        .containsExactly(Id.of(3), Id.of(2), Id.of(1));
  }

  @Test
  void aCorrectedMinuteReplacesItself() {
    update(1, NOW, 100, 0, 0);
    update(1, NOW, 4, 0, 0);
    assertThat(candidates.best(10, NOW).get(0).score()).isEqualTo(4);
  }

  @Test
  void whatLeftTheHourIsForgottenAndWhatOnlyLostIsNotRanked() {
    update(1, NOW - 61 * MINUTE, 100, 0, 0);
    update(2, NOW, -3, 0, 0);
    assertThat(candidates.best(10, NOW)).isEmpty();
    assertThat(candidates.toState(Target.Type.POST)).hasSize(1);
  }

  @Test
  void onlyTheBestAreKept() {
    for (int id = 1; id <= Candidates.CAPACITY + 500; id++) {
      update(id, NOW, id, 0, 0);
    }
    assertThat(candidates.best(100, NOW)).hasSize(100);
    assertThat(candidates.toState(Target.Type.POST)).hasSize(Candidates.CAPACITY);
  }

  @Test
  void whatLeavesIsNotRankedNorDoesItKeepWhatItHadIfItComesBack() {
    update(1, NOW, 10, 0, 0);
    update(2, NOW, 5, 0, 0);
    candidates.remove(Id.of(1), AUTHOR);
    assertThat(candidates.best(10, NOW)).extracting(Ranking.Entry::id).containsExactly(Id.of(2));
    update(1, NOW, 3, 0, 0);
    assertThat(candidates.best(10, NOW))
        .extracting(Ranking.Entry::id)
        .containsExactly(Id.of(2), Id.of(1));
    candidates.removeOf(OTHER);
    assertThat(candidates.best(10, NOW)).hasSize(2);
    candidates.removeOf(AUTHOR);
    assertThat(candidates.best(10, NOW)).isEmpty();
  }

  /** Each author's word comes by a way of its own. */
  @Test
  void whatHasMovedIsTheNewAuthorsWhateverIsStillHeardOfTheFormerOne() {
    update(1, NOW, 10, 0, 0);
    update(OTHER, 1, NOW + MINUTE, 4, 0, 0);
    candidates.remove(Id.of(1), AUTHOR);
    candidates.removeOf(AUTHOR);
    assertThat(candidates.best(10, NOW)).extracting(Ranking.Entry::id).containsExactly(Id.of(1));
    candidates.remove(Id.of(1), OTHER);
    assertThat(candidates.best(10, NOW)).isEmpty();
  }

  @Test
  void whatEarlierBuildsLeftWithoutAnAuthorLeavesAsWell() {
    update(ListChange.NOBODY, 1, NOW, 10, 0, 0);
    candidates.remove(Id.of(1), AUTHOR);
    assertThat(candidates.best(10, NOW)).isEmpty();
  }

  private void update(long id, long start, long likes, long comments, long shares) {
    update(AUTHOR, id, start, likes, comments, shares);
  }

  private void update(Id author, long id, long start, long likes, long comments, long shares) {
    candidates.update(
        new WindowUpdate(
            new CounterTarget(Target.Type.POST, Id.of(id)),
            start,
            Counts.of(likes, comments, shares),
            1),
        author);
  }
}
