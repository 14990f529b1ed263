package com.shareuptime.streams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.shareuptime.streams.model.expression.Position;
import com.shareuptime.streams.model.expression.SqlText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTest {
  @ParameterizedTest
  @ValueSource(strings = {"shareuptime-uuid", "mastodon", "prisma", "rails"})
  void readsModelsOfRealSchemas(String name) {
    Model model = Model.parse(ModelFiles.model(name));
    assertThat(model.entity("users")).isPresent();
    assertThat(model.counters()).isNotEmpty();
  }

  @Test
  void withoutAFileEveryColumnOfTheContractIsItself() {
    Model model = Model.canonical();
    assertThat(model.entities())
        .extracting(Entity::name)
        .containsExactly("users", "posts", "reels", "follows", "likes", "comments", "shares");
    assertThat(model.counters())
        .extracting(Entity::singular)
        .containsExactly("like", "comment", "share");
    assertThat(model.entity("comments").orElseThrow().columns())
        .extracting(CanonicalColumn::name)
        .contains("author_id")
        .doesNotContain("user_id");
  }

  @Test
  void aCounterIsWhateverHasAnotherName() {
    Model model = Model.parse(ModelFiles.model("mastodon"));
    assertThat(model.counters())
        .extracting(Entity::name, Entity::singular)
        .contains(tuple("bookmarks", "bookmark"), tuple("replies", "reply"));
  }

  @Test
  void aBranchIsKnownByItsTableAndItsPlace() {
    Entity likes = Model.parse(ModelFiles.model("prisma")).entity("likes").orElseThrow();
    assertThat(likes.branches())
        .extracting(Branch::tableName)
        .containsExactly("public.Reaction", "public._Likes");
    assertThat(likes.branches().get(1).columns())
        .containsOnlyKeys("target_type", "target_id", "user_id", "is_deleted", "created_at");
  }

  @Test
  void placesAreThoseOfTheFile() {
    Model model =
        Model.parse(
            ModelFiles.USERS
                + "/* a comment\n   of two lines */ create view posts as\n"
                + "  select id, author_id,\n\tcoalesce(nullif(trim(content), ''), (title)) as content,\n"
                + "         created_at from\n    posts;\n"
                + ModelFiles.FOLLOWS);
    Branch posts = model.entity("posts").orElseThrow().branches().get(0);
    assertThat(posts.at()).isEqualTo(new Position(7, 5));
    assertThat(posts.columns().get("author_id").at()).isEqualTo(new Position(4, 14));
    var coalesce = posts.columns().get("content");
    assertThat(coalesce.at()).isEqualTo(new Position(5, 2));
    assertThat(coalesce.operands().get(0).at()).isEqualTo(new Position(5, 11));
    assertThat(coalesce.operands().get(0).operands().get(0).at()).isEqualTo(new Position(5, 18));
    assertThat(coalesce.operands().get(1).at()).isEqualTo(new Position(5, 39));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "not a ~ (not \"a\")",
        "not a = b ~ (not (\"a\" = \"b\"))",
        "a or b and not c ~ (\"a\" or (\"b\" and (not \"c\")))",
        "a + b * c - d % 2 ~ ((\"a\" + (\"b\" * \"c\")) - (\"d\" % 2))",
        "a || b = 'x' ~ ((\"a\" || \"b\") = 'x')",
        "-a::bigint ~ (- (\"a\")::bigint)",
        "-5 ~ (-5)",
        "- 2147483648 ~ (-2147483648)",
        "a <> -1 ~ (\"a\" <> (-1))",
        "a::text || 'x' ~ ((\"a\")::text || 'x')",
        "cast(a as bigint) ~ (\"a\")::bigint",
        "a is not null ~ (\"a\" is not null)",
        "(a = b) is true ~ ((\"a\" = \"b\") is true)",
        "a in (1, -2) ~ (\"a\" in (1, (-2)))",
        "a not in ('x') and b ~ ((\"a\" not in ('x')) and \"b\")",
        "lower(a collate \"C\") ~ lower((\"a\" collate \"C\"))",
        "trim(a) ~ btrim(\"a\")",
        "trim(trailing from a) ~ rtrim(\"a\")",
        "trim(leading 'x' from a) ~ ltrim(\"a\", 'x')",
        "created at time zone 'UTC' ~ (\"created\" at time zone 'UTC')",
        "(created at time zone 'UTC') is null ~ ((\"created\" at time zone 'UTC') is null)",
        "case a when 1 then 'x' else b end ~ case \"a\" when 1 then 'x' else \"b\" end",
        "case when a then case when b then 1 end end ~ case when \"a\" then case when \"b\" then 1 end end",
        "coalesce(left(substr(trim(lower(a collate \"C\")), 1, 4), 3), '') ~ coalesce(left(substr(btrim(lower((\"a\" collate \"C\"))), 1, 4), 3), '')",
        "((((((a)))))) ~ \"a\"",
        "t.\"Odd Name\" ~ \"Odd Name\"",
        "a != 'it''s' ~ (\"a\" <> 'it''s')",
        "streams_model.id_time(a, 'ulid') ~ streams_model.id_time(\"a\", 'ulid')",
        "a <> 1.50 ~ (\"a\" <> 1.50)",
      })
  void anExpressionIsReadAsPostgresReadsIt(String written, String meant) {
    Model model =
        Model.parse(
            ModelFiles.USERS
                + "create view posts as select id, author_id, "
                + written
                + " as content, created_at from public.posts t;"
                + ModelFiles.FOLLOWS);
    Branch posts = model.entity("posts").orElseThrow().branches().get(0);
    assertThat(SqlText.of(posts.columns().get("content"))).isEqualTo(meant);
  }
}
