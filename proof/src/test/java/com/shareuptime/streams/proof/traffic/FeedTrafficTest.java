package com.shareuptime.streams.proof.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the plan holds for feeds. */
class FeedTrafficTest {
  private static final TrafficSql SQL = TrafficSql.canonical();
  private static final int STEPS = 60_000;
  private static final Set<Change> FOLLOW_CHANGES =
      EnumSet.of(Change.FOLLOW, Change.REQUEST_FOLLOW, Change.ACCEPT_FOLLOW, Change.UNFOLLOW);

  private Planner planner;
  private List<Operation> opening;
  private List<Operation> plan;

  @BeforeEach
  void plan() {
    planner =
        new Planner(
            new TrafficOptions(0, 0, 7, 1.0, 0.1, EnumSet.allOf(Fault.class)), FirstIds.FIRST, SQL);
    opening = planner.opening();
    plan = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      plan.add(planner.next());
    }
  }

  @Test
  void likesCommentsAndSharesAreTheBulkOfTheTraffic() {
    List<Interaction> rows = rows(plan);
    long counted = rows.stream().filter(row -> row.change().isAnnounced()).count();

    assertThat((double) counted / rows.size()).isGreaterThan(0.8);
  }

  @Test
  void aFewAuthorsHaveMostOfTheFollowers() {
    List<Integer> followers =
        rows(opening).stream()
            .filter(row -> row.change() == Change.FOLLOW)
            .collect(
                Collectors.groupingBy(
                    Interaction::rowId,
                    Collectors.mapping(Interaction::userId, Collectors.toSet())))
            .values()
            .stream()
            .map(Set::size)
            .sorted(Comparator.reverseOrder())
            .toList();
    int all = followers.stream().mapToInt(Integer::intValue).sum();
    int ofTheFirstHundred = followers.stream().limit(100).mapToInt(Integer::intValue).sum();

    assertThat((double) ofTheFirstHundred / all).isBetween(0.4, 0.8);
    assertThat(followers.size()).as("authors with a follower").isGreaterThan(2_000);
  }

  @Test
  void everythingThatChangesAFeedHappensInAShortRun() {
    assertThat(rows(plan.subList(0, 6_000)))
        .extracting(Interaction::change)
        .contains(
            Change.FOLLOW,
            Change.REQUEST_FOLLOW,
            Change.ACCEPT_FOLLOW,
            Change.UNFOLLOW,
            Change.DEACTIVATE_USER,
            Change.REACTIVATE_USER,
            Change.OPEN,
            Change.LIMIT,
            Change.CLOSE,
            Change.HIDE,
            Change.RESTORE,
            Change.DELETE);
  }

  @Test
  void someFollowsEndAndBeginAnew() {
    Set<String> ended = new HashSet<>();
    int again = 0;
    for (Interaction row : rows(plan)) {
      if (row.change() == Change.UNFOLLOW) {
        ended.add(row.rowKey());
      } else if (row.change() == Change.FOLLOW && ended.contains(row.rowKey())) {
        again++;
      }
    }

    assertThat(again).isGreaterThan(100);
  }

  @Test
  void onlyWhatWasAskedForIsAccepted() {
    Set<String> asked = new HashSet<>();
    for (Interaction row : rows(plan)) {
      if (row.change() == Change.REQUEST_FOLLOW) {
        asked.add(row.rowKey());
      } else if (row.change() == Change.ACCEPT_FOLLOW) {
        assertThat(asked).contains(row.rowKey());
      }
    }
  }

  @Test
  void authorsPassTheThresholdBothWaysAndThePlanCountsIt() {
    Celebrities celebrities = new Celebrities(new UserPool(FirstIds.FIRST));
    Map<Long, Set<Long>> followers = new HashMap<>();
    Set<Long> famous = new HashSet<>();
    Map<Long, Integer> crossings = new HashMap<>();
    List<Operation> all = new ArrayList<>(opening);
    all.addAll(plan);
    for (Interaction row : rows(all)) {
      if (FOLLOW_CHANGES.contains(row.change()) && celebrities.include(row.rowId())) {
        Set<Long> now = followers.computeIfAbsent(row.rowId(), author -> new HashSet<>());
        assertThat(row.change() == Change.FOLLOW ? now.add(row.userId()) : now.remove(row.userId()))
            .isTrue();
        boolean rises = now.size() > FeedScale.CELEBRITY_THRESHOLD && famous.add(row.rowId());
        boolean falls =
            now.size() < FeedScale.CELEBRITY_THRESHOLD * 0.8 && famous.remove(row.rowId());
        if (rises || falls) {
          crossings.merge(row.rowId(), 1, Integer::sum);
        }
      }
    }

    assertThat(crossings).hasSize(4).allSatisfy((author, n) -> assertThat(n).isGreaterThan(4));
    Crossings told = planner.crossings();
    assertThat(told.upwards() + told.downwards())
        .isEqualTo(crossings.values().stream().mapToInt(Integer::intValue).sum());
  }

  @Test
  void whoIsDeactivatedWasThereAndWhoIsReactivatedWasNot() {
    Set<Long> away = new HashSet<>();
    for (Interaction row : rows(plan)) {
      if (row.change() == Change.DEACTIVATE_USER) {
        assertThat(away.add(row.userId())).isTrue();
      } else if (row.change() == Change.REACTIVATE_USER) {
        assertThat(away.remove(row.userId())).isTrue();
      }
    }
  }

  @Test
  void postsComeWithEveryVisibilityAndSomeWithATimeOfThePast() {
    List<Operation.Publish> published =
        plan.stream()
            .filter(Operation.Publish.class::isInstance)
            .map(Operation.Publish.class::cast)
            .toList();

    assertThat(published.size()).isGreaterThan(1_000);
    assertThat(published)
        .extracting(Operation.Publish::visibility)
        .contains(
            Operation.Visibility.PUBLIC,
            Operation.Visibility.FOLLOWERS,
            Operation.Visibility.PRIVATE);
    assertThat(published).filteredOn(post -> !post.age().isZero()).hasSizeGreaterThan(50);
  }

  /** Else all would be active by their rows, and nobody's feed would ever go and come back. */
  @Test
  void whoComesAndGoesAndTheNextOneWriteNothingButFollows() {
    UserPool pool = new UserPool(FirstIds.FIRST);
    Set<Long> authors = new HashSet<>();
    List<Operation> all = new ArrayList<>(opening);
    all.addAll(plan);
    for (Operation operation : all) {
      if (operation instanceof Operation.Publish publish) {
        authors.add(publish.authorId());
      } else if (operation instanceof Interaction row
          && (row.change().isAnnounced() || row.change() == Change.MOVE)) {
        authors.add(row.userId());
      }
    }
    authors.removeIf(user -> !pool.isMember(user));

    assertThat(authors).hasSizeGreaterThan(3_000);
    for (long i = 0; i < UserPool.REGULARS; i++) {
      assertThat(authors)
          .doesNotContain(pool.comerAndGoer(i))
          .doesNotContain(pool.comerAndGoer(i) + 1);
    }
  }

  private static List<Interaction> rows(List<Operation> operations) {
    return operations.stream()
        .filter(Interaction.class::isInstance)
        .map(Interaction.class::cast)
        .toList();
  }
}
