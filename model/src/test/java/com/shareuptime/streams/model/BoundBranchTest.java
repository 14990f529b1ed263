package com.shareuptime.streams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.evaluation.Absent;
import com.shareuptime.streams.model.evaluation.EvaluationException;
import com.shareuptime.streams.model.evaluation.Row;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a row of a table is as a row of an entity. */
class BoundBranchTest {
  private static final CatalogTable POSTS = TestCatalog.POSTS;

  /** A row of posts with a value for some columns, and for id, author, content and time. */
  private static Row row(Map<String, Object> values) {
    Object[] all = new Object[POSTS.columns().size()];
    all[0] = 1L;
    all[1] = 2L;
    all[2] = "text";
    all[3] = 3L;
    values.forEach((name, value) -> all[POSTS.indexOf(name)] = value);
    return Row.of(all);
  }

  private static BoundBranch posts(String column) {
    return bound(TestCatalog.model(column), "posts");
  }

  private static BoundBranch bound(String model, String entity) {
    return Model.parse(model).bind(TestCatalog.ALL).entity(entity).branches().get(0);
  }

  private static Object value(BoundBranch branch, String column, Row row) {
    Entity posts = Model.parse(TestCatalog.model("b as is_deleted")).entity("posts").orElseThrow();
    return branch.evaluate(row).orElseThrow().value(posts.indexOf(column));
  }

  @Test
  void columnsComeInTheOrderOfTheEntityWithTheirDefaults() {
    Optional<CanonicalRow> row = posts("b as is_deleted").evaluate(row(Map.of("b", true)));
    assertThat(row.orElseThrow().toString()).isEqualTo("[1, 2, text, public, true, true, 3, 3]");
  }

  @Test
  void aNullInAnOptionalColumnIsItsDefault() {
    BoundBranch branch = posts("title as visibility, b as is_deleted");
    assertThat(value(branch, "visibility", row(Map.of()))).isEqualTo("public");
    assertThat(value(branch, "is_deleted", row(Map.of()))).isEqualTo(false);
    assertThat(value(branch, "visibility", row(Map.of("title", "private")))).isEqualTo("private");
  }

  @Test
  void aNullInARequiredColumnMeansThatTheRowDoesNotHold() {
    BoundBranch branch =
        bound(
            ModelFiles.USERS
                + ModelFiles.FOLLOWS
                + "create view posts as select id, i as author_id, title as content, created_at"
                + " from posts where b;",
            "posts");
    assertThat(branch.evaluate(row(Map.of("b", true, "i", 1L)))).isEmpty();
    assertThat(branch.evaluate(row(Map.of("b", true, "title", "x")))).isEmpty();
    assertThat(branch.evaluate(row(Map.of("b", true, "i", 1L, "title", "x")))).isPresent();
    assertThat(branch.evaluate(row(Map.of("b", false, "i", 1L, "title", "x")))).isEmpty();
    assertThat(branch.evaluate(row(Map.of("i", 1L, "title", "x")))).isEmpty();
  }

  @Test
  void aTextThatAnUpdateLeftAloneIsUnchanged() {
    BoundBranch branch = posts("b as is_deleted");
    CanonicalRow row = branch.evaluate(row(Map.of("content", Absent.VALUE))).orElseThrow();
    assertThat(row.isUnchanged(2)).isTrue();
    assertThat(row.isUnchanged(3)).isFalse();
  }

  @Test
  void ofALargeValueItIsKnownThatItIsNotNullAndNotShort() {
    BoundBranch branch =
        posts(
            "case body when 'a' then 'private' else title end as visibility,"
                + " body is null or tags = '{}' or body in ('x', 'y') as is_deleted");
    Row row = row(Map.of("body", Absent.VALUE, "tags", Absent.VALUE, "title", "followers"));
    assertThat(value(branch, "visibility", row)).isEqualTo("followers");
    assertThat(value(branch, "is_deleted", row)).isEqualTo(false);
  }

  @Test
  void aWordThatIsNotCarriedIsAHole() {
    BoundBranch branch = posts("body as visibility");
    assertThatThrownBy(() -> branch.evaluate(row(Map.of("body", Absent.VALUE))))
        .isInstanceOf(EvaluationException.class)
        .hasMessage("visibility needs a large value that the update does not carry");
  }

  @Test
  void anErrorOfPostgresIsAHole() {
    BoundBranch branch = posts("10 / i = 1 as is_deleted");
    assertThatThrownBy(() -> branch.evaluate(row(Map.of("i", 0L))))
        .isInstanceOf(EvaluationException.class)
        .hasMessage("division by zero");
    assertThat(branch.evaluate(row(Map.of()))).isPresent();
  }

  @Test
  void anIdIsNotLongerThan255Bytes() {
    BoundBranch branch =
        bound(
            "create view users as select content as id, content as username from posts;"
                + "create view follows as select content as follower_id, content as followee_id from posts;"
                + "create view posts as select id, content as author_id, content, created_at from posts;",
            "posts");
    assertThat(branch.evaluate(row(Map.of("content", "ä".repeat(127))))).isPresent();
    assertThatThrownBy(() -> branch.evaluate(row(Map.of("content", "ä".repeat(128)))))
        .isInstanceOf(EvaluationException.class)
        .hasMessage("author_id is longer than 255 bytes");
  }

  @Test
  void aUserWithoutADisplayNameHasTheUserName() {
    String rest = ModelFiles.FOLLOWS + ModelFiles.POSTS;
    BoundBranch leftOut =
        bound("create view users as select id, content as username from posts;" + rest, "users");
    assertThat(leftOut.evaluate(row(Map.of())).orElseThrow().value(2)).isEqualTo("text");
    BoundBranch mapped =
        bound(
            "create view users as select id, content as username, title as display_name from posts;"
                + rest,
            "users");
    assertThat(mapped.evaluate(row(Map.of())).orElseThrow().value(2)).isEqualTo("text");
    assertThat(mapped.evaluate(row(Map.of("title", "T"))).orElseThrow().value(2)).isEqualTo("T");
  }

  @Test
  void aRowThatTellsNoTimeOfItsUpdateWasLastChangedWhenItWasMade() {
    assertThat(value(posts("b as is_deleted"), "updated_at", row(Map.of()))).isEqualTo(3L);
    BoundBranch mapped = posts("ts at time zone 'UTC' as updated_at");
    assertThat(value(mapped, "updated_at", row(Map.of()))).isEqualTo(3L);
    assertThat(value(mapped, "updated_at", row(Map.of("ts", 5L)))).isEqualTo(5L);
  }

  @Test
  void aDisplayNameLikeAUserNameThatTheUpdateDoesNotCarryIsAHole() {
    String model =
        "create view users as select id, content as username%s from posts;"
            + ModelFiles.FOLLOWS
            + ModelFiles.POSTS;
    Row update = row(Map.of("content", Absent.VALUE));
    assertThat(bound(model.formatted(""), "users").evaluate(update).orElseThrow().value(2))
        .as("always like it, so as unchanged as it")
        .isEqualTo(Absent.VALUE);
    BoundBranch mapped = bound(model.formatted(", title as display_name"), "users");
    assertThatThrownBy(() -> mapped.evaluate(update))
        .isInstanceOf(EvaluationException.class)
        .hasMessage("display_name needs a large username that the update does not carry");
  }

  @Test
  void aTimeThatClocksShowTwiceIsTheLaterOne() {
    BoundBranch branch = posts("ts at time zone 'Europe/Berlin' as updated_at");
    long twice = 1_729_996_200_000_000L; // 2024-10-27 02:30:00
    long never = 1_711_852_200_000_000L; // 2024-03-31 02:30:00
    assertThat(value(branch, "updated_at", row(Map.of("ts", twice))))
        .isEqualTo(twice - 3_600_000_000L);
    assertThat(value(branch, "updated_at", row(Map.of("ts", never))))
        .isEqualTo(never - 3_600_000_000L);
    assertThat(value(branch, "updated_at", row(Map.of("ts", Long.MAX_VALUE))))
        .isEqualTo(Long.MAX_VALUE);
  }
}
