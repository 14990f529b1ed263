package com.shareuptime.streams.proof.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Installation;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.proof.traffic.Operation.Publish;
import com.shareuptime.streams.proof.traffic.Operation.Visibility;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the plan has only where the product's tables can say it. */
class ModelTrafficTest {
  private static final int SHORT_RUN = 6_000;
  private static final Path MODELS = Installation.find().root().resolve("models");
  private static final Set<Change> OF_ACCOUNTS =
      EnumSet.of(Change.MAKE_USER_PRIVATE, Change.MAKE_USER_PUBLIC);

  private static final Set<Change> MARKED = EnumSet.of(Change.MARK, Change.MARK_COMMENT);
  private static final Set<Change> UNMARKED = EnumSet.of(Change.UNMARK, Change.UNMARK_COMMENT);

  @Test
  void accountsArePrivateFromTheStartAndBecomeSoAndPublicAgain() {
    Set<Long> hidden = new HashSet<>();
    Planner planner = planner(sql("shareuptime-uuid"));
    List<Operation> opening = planner.opening();
    rows(opening)
        .filter(row -> row.change() == Change.MAKE_USER_PRIVATE)
        .forEach(row -> assertThat(hidden.add(row.userId())).isTrue());
    assertThat(hidden).hasSize(12);

    Set<Change> seen = EnumSet.noneOf(Change.class);
    rows(next(planner))
        .filter(row -> OF_ACCOUNTS.contains(row.change()))
        .forEach(
            row -> {
              boolean becomes = row.change() == Change.MAKE_USER_PRIVATE;
              assertThat(becomes ? hidden.add(row.userId()) : hidden.remove(row.userId())).isTrue();
              seen.add(row.change());
            });
    assertThat(seen).isEqualTo(OF_ACCOUNTS);
  }

  @Test
  void postsAreUnlistedFromTheStartAndLater() {
    Planner planner = planner(sql("mastodon"));
    assertThat(posts(planner.opening()))
        .extracting(Publish::visibility)
        .contains(Visibility.UNLISTED);
    List<Operation> plan = next(planner);
    assertThat(posts(plan)).extracting(Publish::visibility).contains(Visibility.UNLISTED);
    assertThat(rows(plan)).extracting(Interaction::change).contains(Change.UNLIST);
  }

  @Test
  void answersAreOfPostsThatAreThere() {
    Planner planner = planner(sql("mastodon"));
    Set<Target> there = new HashSet<>();
    int answers = 0;
    for (Operation operation :
        Stream.of(planner.opening(), next(planner)).flatMap(List::stream).toList()) {
      if (operation instanceof Publish publish) {
        if (publish.answered() != null) {
          assertThat(there).contains(publish.answered());
          answers++;
        }
        there.add(publish.target());
      } else if (operation instanceof Interaction row && row.change() == Change.DELETE) {
        there.remove(row.target());
      }
    }
    assertThat(answers).isGreaterThan(200);
  }

  @Test
  void marksAreLeftAndTakenBackWhileTheyStand() {
    for (String model : List.of("mastodon", "rails")) {
      Set<String> standing = new HashSet<>();
      int takenBack = 0;
      for (Interaction row : rows(all(sql(model))).filter(ModelTrafficTest::isMark).toList()) {
        if (MARKED.contains(row.change())) {
          standing.add(row.rowKey());
        } else {
          assertThat(standing.remove(row.rowKey())).isTrue();
          takenBack++;
        }
      }
      assertThat(takenBack).isGreaterThan(20);
      assertThat(standing).hasSizeGreaterThan(20);
    }
    assertThat(rows(all(sql("rails")))).extracting(Interaction::change).containsAll(UNMARKED);
    assertThat(rows(all(TrafficSql.canonical()))).noneMatch(ModelTrafficTest::isMark);
  }

  private static boolean isMark(Interaction row) {
    return MARKED.contains(row.change()) || UNMARKED.contains(row.change());
  }

  @Test
  void nothingOfItIsDoneToTablesThatCannotSayIt() {
    for (TrafficSql sql : List.of(TrafficSql.canonical(), sql("shareuptime-uuid"))) {
      List<Operation> all = all(sql);
      assertThat(posts(all))
          .allSatisfy(
              publish -> {
                assertThat(publish.visibility()).isNotEqualTo(Visibility.UNLISTED);
                assertThat(publish.answered()).isNull();
              });
      assertThat(rows(all)).extracting(Interaction::change).doesNotContain(Change.UNLIST);
    }
    for (TrafficSql sql : List.of(TrafficSql.canonical(), sql("mastodon"))) {
      assertThat(rows(all(sql)))
          .extracting(Interaction::change)
          .doesNotContainAnyElementsOf(OF_ACCOUNTS);
    }
  }

  private static TrafficSql sql(String model) {
    return TrafficSql.read(MODELS.resolve(model).resolve("traffic.sql"));
  }

  private static Planner planner(TrafficSql sql) {
    TrafficOptions options = new TrafficOptions(0, 0, 7, 1.0, 0.1, EnumSet.allOf(Fault.class));
    return new Planner(options, FirstIds.FIRST, sql);
  }

  private static List<Operation> all(TrafficSql sql) {
    Planner planner = planner(sql);
    List<Operation> all = new ArrayList<>(planner.opening());
    all.addAll(next(planner));
    return all;
  }

  private static List<Operation> next(Planner planner) {
    return Stream.generate(planner::next).limit(SHORT_RUN).toList();
  }

  private static Stream<Interaction> rows(List<Operation> operations) {
    return operations.stream().filter(Interaction.class::isInstance).map(Interaction.class::cast);
  }

  private static Stream<Publish> posts(List<Operation> operations) {
    return operations.stream().filter(Publish.class::isInstance).map(Publish.class::cast);
  }
}
