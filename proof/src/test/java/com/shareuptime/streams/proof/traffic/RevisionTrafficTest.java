package com.shareuptime.streams.proof.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.proof.traffic.text.Names;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the plan changes of that which search shows. */
class RevisionTrafficTest {
  private static final TrafficSql SQL = TrafficSql.canonical();
  private static final int STEPS = 60_000;
  private static final int SHORT_RUN = 6_000;

  private List<Operation> opening;
  private List<Operation> plan;

  @BeforeEach
  void plan() {
    Planner planner =
        new Planner(
            new TrafficOptions(0, 0, 7, 1.0, 0.1, EnumSet.allOf(Fault.class)), FirstIds.FIRST, SQL);
    opening = planner.opening();
    plan = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      plan.add(planner.next());
    }
  }

  @Test
  void everyRevisionHappensInAShortRun() {
    List<Operation> shortRun = plan.subList(0, SHORT_RUN);
    Set<Revision> seen =
        rows(shortRun)
            .flatMap(row -> row.change().revision().stream())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Revision.class)));
    profiles(shortRun)
        .forEach(change -> seen.add(change.renames() ? Revision.RENAMES : Revision.PROFILES));

    assertThat(seen)
        .as("no account is private in these tables")
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.complementOf(EnumSet.of(Revision.PRIVATE_ACCOUNTS, Revision.PUBLIC_ACCOUNTS)));
    assertThat(rows(plan).map(RevisionTrafficTest::what).collect(Collectors.toSet()))
        .contains(
            "EDIT post",
            "EDIT reel",
            "OPEN reel",
            "LIMIT reel",
            "CLOSE reel",
            "HIDE reel",
            "RESTORE reel");
  }

  @Test
  void thoughTheyAreAFewInAHundred() {
    assertThat(rows(plan).filter(row -> row.change().revision().isPresent()).count())
        .isBetween(STEPS / 100L, STEPS / 20L);
  }

  @Test
  void besideLargeTextsEveryOtherColumnIsChangedAlone() {
    Map<Target, Long> texts = new HashMap<>();
    Set<String> besideLarge = new HashSet<>();
    int n = 0;
    for (Operation operation : Stream.concat(opening.stream(), plan.stream()).toList()) {
      if (operation instanceof Operation.Publish publish) {
        texts.put(publish.target(), Texts.FIRST);
      } else if (operation instanceof Interaction row && row.target() != null) {
        if (row.change() == Change.EDIT) {
          texts.put(row.target(), row.rowId());
        } else if (row.change().revision().isPresent()
            && Texts.isLarge(row.target(), texts.get(row.target()))) {
          besideLarge.add(what(row));
          n++;
        }
      }
    }

    assertThat(n).isGreaterThan(150);
    assertThat(besideLarge)
        .contains("ATTACH_MEDIA post", "TOUCH post", "OPEN post", "CLOSE post")
        .contains("REPLACE_VIDEO reel", "TOUCH reel");
  }

  @Test
  void editsTurnSmallTextsIntoLargeOnesAndBackAndLeaveEnoughOfThem() {
    Set<Target> large = new HashSet<>();
    int grown = 0;
    int shrunk = 0;
    for (Operation operation : Stream.concat(opening.stream(), plan.stream()).toList()) {
      if (operation instanceof Operation.Publish publish) {
        if (Texts.isLarge(publish.target(), Texts.FIRST)) {
          large.add(publish.target());
        }
      } else if (operation instanceof Interaction row && row.change() == Change.EDIT) {
        if (Texts.isLarge(row.target(), row.rowId())) {
          grown += large.add(row.target()) ? 1 : 0;
        } else {
          shrunk += large.remove(row.target()) ? 1 : 0;
        }
      }
    }

    assertThat(grown).isPositive();
    assertThat(shrunk).isPositive();
    assertThat(large).hasSizeGreaterThan(25);
  }

  @Test
  void noTwoUsersHaveTheSameNameAtOnce() {
    Map<Long, String> names = new HashMap<>();
    Set<String> taken = new HashSet<>();
    int renames = 0;
    for (Operation operation : Stream.concat(opening.stream(), plan.stream()).toList()) {
      if (operation instanceof Operation.SignUp user) {
        names.put(user.userId(), Names.profile(user.userId(), 0).username());
        assertThat(taken.add(names.get(user.userId()))).isTrue();
      } else if (operation instanceof Operation.ChangeProfile change && change.renames()) {
        String name = Names.profile(change.userId(), change.revision()).username();
        taken.remove(names.put(change.userId(), name));
        assertThat(taken.add(name)).as(name).isTrue();
        renames++;
      }
    }

    assertThat(renames).isGreaterThan(50);
  }

  @Test
  void theAuthorWithMostPostsIsRenamedAgainAndAgain() {
    Map<Long, Integer> posts = new HashMap<>();
    opening.forEach(operation -> count(operation, posts));
    int hits = 0;
    int early = 0;
    for (int step = 0; step < plan.size(); step++) {
      count(plan.get(step), posts);
      if (plan.get(step) instanceof Operation.ChangeProfile change
          && change.renames()
          && posts.getOrDefault(change.userId(), 0)
              == posts.values().stream().mapToInt(Integer::intValue).max().orElseThrow()) {
        hits++;
        early += step < SHORT_RUN ? 1 : 0;
      }
    }

    assertThat(early).isPositive();
    assertThat(hits).isGreaterThan(5);
  }

  private static String what(Interaction row) {
    return row.change() + (row.target() == null ? "" : " " + row.target().type().label());
  }

  private static void count(Operation operation, Map<Long, Integer> posts) {
    if (operation instanceof Operation.Publish publish) {
      posts.merge(publish.authorId(), 1, Integer::sum);
    }
  }

  private static Stream<Interaction> rows(List<Operation> operations) {
    return operations.stream().filter(Interaction.class::isInstance).map(Interaction.class::cast);
  }

  private static Stream<Operation.ChangeProfile> profiles(List<Operation> operations) {
    return operations.stream()
        .filter(Operation.ChangeProfile.class::isInstance)
        .map(Operation.ChangeProfile.class::cast);
  }
}
