package com.shareuptime.streams.proof.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.shareuptime.streams.contract.Installation;
import com.shareuptime.streams.contract.Target;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final TrafficSql SQL = TrafficSql.canonical();
  private static final Set<Fault> ALL = EnumSet.allOf(Fault.class);

  @Test
  void theSameSeedGivesTheSamePlan() {
    assertThat(plan(options(7, ALL), 20_000)).isEqualTo(plan(options(7, ALL), 20_000));
  }

  @Test
  void anotherSeedGivesAnotherPlan() {
    assertThat(plan(options(7, ALL), 1_000)).isNotEqualTo(plan(options(8, ALL), 1_000));
  }

  @Test
  void withoutFaultsEveryAnnouncedRowIsAnnouncedOnceAtOnceAndNothingElseIs() {
    List<Operation> plan = plan(options(7, Set.of()), 20_000);

    assertThat(interactions(plan))
        .filteredOn(row -> row.change().isAnnounced())
        .allSatisfy(
            row -> {
              assertThat(row.announcement().lost()).isFalse();
              assertThat(row.announcement().delayMillis()).isZero();
              assertThat(row.announcement().copies()).isZero();
            });
    assertThat(plan)
        .noneMatch(Operation.RolledBack.class::isInstance)
        .noneMatch(Operation.SendBadEvent.class::isInstance)
        .noneMatch(Operation.DeleteUser.class::isInstance)
        .noneMatch(Operation.SlowTransaction.class::isInstance);
  }

  @Test
  void faultsComeInTheirShares() {
    List<Operation> plan = plan(options(7, ALL), 100_000);
    List<Interaction> rows =
        interactions(plan).stream().filter(row -> row.change().isAnnounced()).toList();

    assertThat(share(rows, row -> row.announcement().lost())).isCloseTo(0.01, within(0.002));
    assertThat(share(rows, row -> row.announcement().copies() > 0)).isCloseTo(0.02, within(0.003));
    assertThat(share(rows, row -> row.announcement().delayMillis() >= 1_000))
        .isCloseTo(0.01, within(0.002));
    assertThat(share(plan, Operation.RolledBack.class::isInstance)).isCloseTo(0.01, within(0.002));
  }

  @Test
  void aShortRunMeetsEveryFault() {
    List<Operation> plan = plan(options(7, ALL), 5_000);

    assertThat(plan)
        .hasAtLeastOneElementOfType(Operation.RolledBack.class)
        .hasAtLeastOneElementOfType(Operation.DeleteUser.class)
        .hasAtLeastOneElementOfType(Operation.SlowTransaction.class);
    Set<Fault> bad = new HashSet<>();
    for (Operation operation : plan) {
      if (operation instanceof Operation.SendBadEvent event) {
        bad.add(event.kind().fault());
      }
    }
    assertThat(bad).containsExactlyInAnyOrder(Fault.MALFORMED, Fault.OVERSIZED, Fault.FAR_FUTURE);
    assertThat(interactions(plan))
        .extracting(Interaction::change)
        .contains(Change.DELETE, Change.HIDE)
        .contains(Change.RESTORE_COMMENT, Change.PURGE_COMMENT, Change.UNSHARE, Change.UNFOLLOW);
  }

  @Test
  void growingTargetsOnlyGainRowsAndHaveNoPhantoms() {
    Planner planner = new Planner(options(7, ALL), FirstIds.FIRST, SQL);
    planner.opening();
    Set<Target> growing = Set.copyOf(planner.growing());
    int gains = 0;
    for (int i = 0; i < 100_000; i++) {
      Operation operation = planner.next();
      if (operation instanceof Operation.RolledBack phantom) {
        assertThat(growing).doesNotContain(phantom.interaction().target());
      } else if (operation instanceof Interaction row
          && row.target() != null
          && growing.contains(row.target())) {
        assertThat(row.change()).isIn(Change.LIKE, Change.COMMENT, Change.SHARE);
        gains++;
      }
    }
    assertThat(gains).isGreaterThan(5_000);
    assertThat(planner.deleted()).isNotEmpty().doesNotContainAnyElementsOf(growing);
  }

  @Test
  void nothingIsDoneToATargetAfterItsDeletionButByPhantoms() {
    Planner planner = new Planner(options(7, ALL), FirstIds.FIRST, SQL);
    planner.opening();
    Set<Target> gone = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      if (planner.next() instanceof Interaction row) {
        assertThat(gone).doesNotContain(row.target());
        if (row.change() == Change.DELETE) {
          gone.add(row.target());
        }
      }
    }
    assertThat(gone).isNotEmpty();
  }

  @Test
  void whatTheTablesDoNotHaveIsNeverPlanned() {
    TrafficSql few =
        TrafficSql.read(Installation.find().root().resolve("models/shareuptime-uuid/traffic.sql"));
    Planner planner = new Planner(options(7, ALL), FirstIds.FIRST, few);
    List<Operation> all = new ArrayList<>(planner.opening());
    for (int i = 0; i < 30_000; i++) {
      all.add(planner.next());
    }
    List<Interaction> rows = new ArrayList<>(interactions(all));
    for (Operation operation : all) {
      if (operation instanceof Operation.RolledBack back) {
        rows.add(back.interaction());
      }
    }

    assertThat(rows)
        .extracting(Interaction::change)
        .contains(Change.LIKE, Change.COMMENT, Change.EDIT, Change.HIDE, Change.DELETE)
        .doesNotContain(Change.SHARE, Change.UNSHARE, Change.REPLACE_VIDEO)
        .doesNotContain(Change.DEACTIVATE_USER, Change.REACTIVATE_USER, Change.TOUCH_ODDLY);
    assertThat(rows)
        .extracting(Interaction::target)
        .noneMatch(target -> target != null && target.type() == Target.Type.REEL);
  }

  @Test
  void theHotPostGetsItsShare() {
    List<Interaction> rows =
        interactions(plan(new TrafficOptions(0, 0, 7, 1.0, 0.5, Set.of()), 50_000)).stream()
            .filter(row -> row.target() != null)
            .toList();
    long most =
        rows.stream()
            .collect(Collectors.groupingBy(Interaction::target, Collectors.counting()))
            .values()
            .stream()
            .max(Long::compare)
            .orElseThrow();

    assertThat((double) most / rows.size()).isCloseTo(0.5, within(0.03));
  }

  private static TrafficOptions options(long seed, Set<Fault> faults) {
    return new TrafficOptions(0, 0, seed, 1.0, 0.1, faults);
  }

  private static List<Operation> plan(TrafficOptions options, int operations) {
    Planner planner = new Planner(options, FirstIds.FIRST, SQL);
    List<Operation> plan = new ArrayList<>(planner.opening());
    int opening = plan.size();
    while (plan.size() < opening + operations) {
      plan.add(planner.next());
    }
    return plan.subList(opening, plan.size());
  }

  private static List<Interaction> interactions(List<Operation> plan) {
    return plan.stream()
        .filter(Interaction.class::isInstance)
        .map(Interaction.class::cast)
        .toList();
  }

  private static <T> double share(List<T> all, Predicate<? super T> wanted) {
    return (double) all.stream().filter(wanted).count() / all.size();
  }
}
