package com.shareuptime.streams.proof.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VisitsTest {
  private static final long WINDOW_TICKS =
      FeedScale.ACTIVITY_WINDOW.toMillis() / Visits.TICK.toMillis();

  private final UserPool cast = new UserPool(FirstIds.FIRST);

  @Test
  void theSameIdsGiveTheSameVisits() {
    assertThat(visits(40)).isEqualTo(visits(40));
  }

  @Test
  void noRegularIsEverAwayForLong() {
    Map<Long, Long> longest = longestAbsences(visits(60));

    for (long i = 0; i < UserPool.REGULARS; i++) {
      assertThat(longest.get(cast.regular(i))).isLessThan(WINDOW_TICKS / 2);
    }
  }

  @Test
  void whoComesAndGoesIsAwayForLongerThanTheWindow() {
    Map<Long, Long> longest = longestAbsences(visits(60));

    for (long i = 0; i < UserPool.REGULARS; i++) {
      assertThat(longest.get(cast.comerAndGoer(i))).isGreaterThan(WINDOW_TICKS);
    }
  }

  @Test
  void everyVisitIsAnEventOfItsOwn() {
    Set<String> ids = new HashSet<>();
    visits(30)
        .forEach(tick -> tick.forEach(visit -> assertThat(ids.add(visit.eventId())).isTrue()));
  }

  private List<List<Operation.Activity>> visits(int ticks) {
    Visits visits = new Visits(cast, FirstIds.FIRST);
    List<List<Operation.Activity>> all = new ArrayList<>();
    for (int tick = 0; tick < ticks; tick++) {
      all.add(visits.next());
    }
    return all;
  }

  /** In ticks, between two visits. */
  private static Map<Long, Long> longestAbsences(List<List<Operation.Activity>> ticks) {
    Map<Long, Long> last = new HashMap<>();
    Map<Long, Long> longest = new HashMap<>();
    for (int tick = 0; tick < ticks.size(); tick++) {
      for (Operation.Activity visit : ticks.get(tick)) {
        Long before = last.put(visit.userId(), (long) tick);
        if (before != null) {
          longest.merge(visit.userId(), tick - before, Math::max);
        }
      }
    }
    return longest;
  }
}
