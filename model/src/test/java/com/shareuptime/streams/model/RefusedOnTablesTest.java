package com.shareuptime.streams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.model.catalog.Catalog;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.catalog.CatalogTable.ReplicaIdentity;
import com.shareuptime.streams.model.catalog.CatalogTable.UniqueIndex;
import com.shareuptime.streams.model.catalog.SqlType;
import com.shareuptime.streams.model.expression.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused for the types of the tables: with its place, and with its mend. */
class RefusedOnTablesTest {
  private static List<Problem> problems(String model, Catalog catalog) {
    Model parsed = Model.parse(model);
    ModelException refused = catchThrowableOfType(ModelException.class, () -> parsed.bind(catalog));
    assertThat(refused).as("refusal of %s", model).isNotNull();
    return refused.problems();
  }

  private static Problem problem(String model, Catalog catalog) {
    List<Problem> problems = problems(model, catalog);
    assertThat(problems).hasSize(1);
    return problems.get(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "body::bigint <> 0 as is_deleted ~ 1 ~ cast of text to bigint ~ One user's text",
        "body::boolean as is_deleted ~ 1 ~ cast of text to boolean ~ another comparison",
        "b::bigint = 1 as is_deleted ~ 1 ~ cast of boolean to bigint ~ case when x then 1",
        "ts as updated_at ~ 1 ~ updated_at is timestamp without time zone ~ x at time zone 'UTC'",
        "day as updated_at ~ 1 ~ updated_at is date ~ depends on a zone",
        "i as updated_at ~ 1 ~ updated_at is integer ~ to_timestamp(x)",
        "body as updated_at ~ 1 ~ updated_at is text ~ streams_model.instant(x)",
        "created_at at time zone 'UTC' as updated_at ~ 1 ~ has a zone already ~ Leave",
        "ts at time zone 'CET' as updated_at ~ 1 ~ zone 'CET' is refused ~ Europe/Berlin",
        "ts at time zone '+02' as updated_at ~ 1 ~ zone '+02' is refused ~ Europe/Berlin",
        "body at time zone 'UTC' as updated_at ~ 1 ~ not for text ~ streams_model.instant",
        "to_timestamp(body) as updated_at ~ 14 ~ takes seconds since 1970 ~ streams_model.instant",
        "ts = created_at as is_deleted ~ 1 ~ comparison of timestamp without time zone ~ at time zone 'UTC'",
        "ts > '2020-01-01Z' as is_deleted ~ 6 ~ depends on the session ~ '2020-01-31 12:00:00'",
        "created_at > '2020-01-01' as is_deleted ~ 14 ~ depends on the session ~ '2020-01-31 12:00:00+00'",
        "day > '2020-01-01' as is_deleted ~ 7 ~ A text stands here beside date ~ null",
        "title < 'm' as is_deleted ~ 1 ~ < <= > >= of texts ~ collation",
        "mood < 'sad' as is_deleted ~ 1 ~ < <= > >= of enums ~ labels",
        "b < true as is_deleted ~ 1 ~ < <= > >= of booleans ~ and, or, not",
        "tags > '{}' as is_deleted ~ 1 ~ array with anything but '{}' ~ cardinality(x) = 0",
        "tags = '{a}' as is_deleted ~ 1 ~ array with anything but '{}' ~ cardinality(x) = 0",
        "doc = '[]' as is_deleted ~ 7 ~ beside jsonb ~ null",
        "doc = doc as is_deleted ~ 1 ~ comparison of jsonb ~ jsonb_array_length(x) = 0",
        "mood = 'angry' as is_deleted ~ 8 ~ 'angry' is no label of mood ~ public, sad",
        "mood = title as is_deleted ~ 1 ~ comparison of mood with varchar(100) ~ (x)::text",
        "u = 'x' as is_deleted ~ 5 ~ 'x' is no UUID ~ hyphens",
        "i = '5' as is_deleted ~ 5 ~ A text stands here beside integer ~ without quotes",
        "i as is_deleted ~ 1 ~ is_deleted is integer ~ x <> 0",
        "title as is_deleted ~ 1 ~ is_deleted is varchar(100) ~ comparison",
        "not i as is_deleted ~ 5 ~ integer where a boolean is needed ~ x <> 0",
        "mood as visibility ~ 1 ~ Labels of mood are no visibilities: sad ~ case (x)::text when 'sad'",
        "i as visibility ~ 1 ~ visibility is integer ~ case x when",
        "case i when 0 then title else i end as visibility ~ 20 ~ no common type ~ (x)::text",
        "coalesce(ts, created_at) as updated_at ~ 14 ~ no common type ~ at time zone 'UTC'",
        "created_at::text as visibility ~ 1 ~ text of timestamp with time zone ~ depends on the session",
        "f::text as visibility ~ 1 ~ text of double precision ~ depends on the session",
        "concat(f) as visibility ~ 8 ~ text of double precision ~ depends on the session",
        "lower(title) as visibility ~ 1 ~ depends on the database's locale ~ lower(x collate \"C\")",
        "left(i, 2) as visibility ~ 6 ~ integer where a text is needed ~ (x)::text",
        "left(title, id) as visibility ~ 13 ~ a bigint where an integer is needed ~ literal",
        "i || s as visibility ~ 1 ~ joins texts ~ (x)::text || y",
        "i + n = 1 as is_deleted ~ 5 ~ for integers, not for numeric ~ as it is",
        "body + 1 = 2 as is_deleted ~ 1 ~ for integers, not for text ~ column of its own",
        "cardinality(doc) = 0 as is_deleted ~ 13 ~ cardinality is for arrays ~ jsonb_array_length",
        "jsonb_array_length(json) = 0 as is_deleted ~ 20 ~ is for jsonb ~ cardinality",
        "streams_model.id_time(id, 'uuid4') as updated_at ~ 27 ~ kind of id ~ snowflake",
        "1 / 0 = 1 as is_deleted ~ 1 ~ fails for every row: division by zero ~ literals alone",
        "titel as visibility ~ 1 ~ public.posts has no column titel ~ Is it",
        "slug as visibility ~ 1 ~ generated column ~ Write its expression instead: lower(title)",
        "f > 1 as is_deleted ~ 1 ~ comparison of double precision with integer ~ one type",
        "lower(body collate \"C\") = 'x' as is_deleted ~ 7 ~ body may be large ~ replica identity full",
        "body = 'a text of more than 20 bytes' as is_deleted ~ 1 ~ body may be large ~ \"public\".\"posts\"",
      })
  void columns(String line, int column, String message, String advice) {
    Problem problem = problem(TestCatalog.model(line), TestCatalog.ALL);
    assertThat(problem.message()).contains(message);
    assertThat(problem.advice()).contains(advice);
    assertThat(problem.line()).isEqualTo(4);
    assertThat(problem.column()).isEqualTo(column);
  }

  @Test
  void aLargeColumnIsNotComputedTogetherWithOthers() {
    String model =
        ModelFiles.USERS
            + ModelFiles.FOLLOWS
            + "create view posts as select id, author_id,\n"
            + "concat(title, ' ', body) as content, created_at from posts\n"
            + "where left(body, 1) = 'x';";
    assertThat(problems(model, TestCatalog.ALL))
        .extracting(Problem::line, Problem::column)
        .containsExactly(tuple(4, 20), tuple(5, 12));
    Catalog full = TestCatalog.withPosts(ReplicaIdentity.FULL, List.of("id"), List.of());
    assertThat(Model.parse(model).bind(full).entity("posts").branches()).hasSize(1);
  }

  @Test
  void aLargeColumnMayBeComparedWithNullAndShortLiterals() {
    String model =
        TestCatalog.model(
            "case body when 'a' then 'public' else title end as visibility,"
                + " body is null or tags = '{}' or body in ('x', 'y') as is_deleted");
    assertThat(Model.parse(model).bind(TestCatalog.ALL).entities()).hasSize(3);
  }

  @Test
  void aTableWithoutAPrimaryKeyIsMendedByItsUniqueIndex() {
    Catalog catalog =
        TestCatalog.withPosts(
            ReplicaIdentity.DEFAULT,
            List.of(),
            List.of(new UniqueIndex("posts_s_i", List.of("s", "id"))));
    assertThat(problem(TestCatalog.model("b as is_deleted"), catalog))
        .isEqualTo(
            new Problem(
                5,
                6,
                "public.posts has no primary key, by which a row is known. Once it is published, the"
                    + " product's own updates and deletes of it fail.",
                "Run: alter table \"public\".\"posts\" alter column \"s\" set not null; alter table"
                    + " \"public\".\"posts\" add primary key using index \"posts_s_i\";"));
  }

  @Test
  void aTableOfDoublesGetsAColumnOfItsOwn() {
    Catalog catalog = TestCatalog.withPosts(ReplicaIdentity.DEFAULT, List.of(), List.of());
    assertThat(problem(TestCatalog.model("b as is_deleted"), catalog).advice())
        .contains("add column row_id bigint generated always as identity primary key");
  }

  @Test
  void aTableWithoutAReplicaIdentity() {
    Catalog nothing = TestCatalog.withPosts(ReplicaIdentity.NOTHING, List.of("id"), List.of());
    assertThat(problem(TestCatalog.model("b as is_deleted"), nothing).advice())
        .isEqualTo("Run: alter table \"public\".\"posts\" replica identity default;");
    Catalog index = TestCatalog.withPosts(ReplicaIdentity.INDEX, List.of("id"), List.of());
    assertThat(problem(TestCatalog.model("b as is_deleted"), index).message())
        .contains("an index without the primary key");
  }

  @Test
  void anIdOfATypeThatNoIdHas() {
    Problem problem =
        problem(
            ModelFiles.USERS
                + ModelFiles.FOLLOWS
                + "create view posts as select n as id, author_id, content, created_at from posts;",
            TestCatalog.ALL);
    assertThat(problem.message()).isEqualTo("id is numeric, which no id is.");
    assertThat(problem.line()).isEqualTo(3);
    assertThat(problem.column()).isEqualTo(29);
  }

  @Test
  void idsThatDoNotFitTheEntityThatTheyName() {
    String likes =
        "create view likes as select 'post' as target_type, u as target_id, title as user_id from posts;";
    assertThat(problems(TestCatalog.model("b as is_deleted") + "\n" + likes, TestCatalog.ALL))
        .extracting(Problem::message)
        .containsExactly(
            "target_id is of type uuid, and ids of a post are of type bigint.",
            "user_id is of type text, and ids of a user are of type bigint.");
  }

  @Test
  void aTableThatDoesNotExist() {
    Problem problem =
        problem(
            ModelFiles.USERS
                + ModelFiles.FOLLOWS
                + "create view posts as select id, author_id, content, created_at from post;",
            TestCatalog.ALL);
    assertThat(problem.message()).isEqualTo("There is no table public.post.");
    assertThat(problem.advice()).startsWith("Is it public.posts?");
    assertThat(problem.column()).isEqualTo(69);
  }

  @Test
  void aGeneratedColumnServesWhereTheStreamCarriesIt() {
    Catalog carried =
        new Catalog(List.of(TestCatalog.USERS, TestCatalog.FOLLOWS, TestCatalog.POSTS), true);
    Model model =
        Model.parse(
            ModelFiles.USERS
                + ModelFiles.FOLLOWS
                + "create view posts as select id, author_id, slug as content, created_at from posts;");
    assertThat(model.bind(carried).entity("posts").id()).isEqualTo(IdKind.NUMBER);
  }

  @Test
  void kindsOfIds() {
    CatalogTable users =
        CatalogTable.of(
            "public",
            "users",
            List.of(
                TestCatalog.column("id", SqlType.varchar(-1), false),
                TestCatalog.column("username", SqlType.TEXT, false)),
            List.of("id"));
    Model model =
        Model.parse(
            ModelFiles.USERS
                + "create view follows as select username as follower_id, id as followee_id from users;"
                + "create view posts as select u as id, body as author_id, content, created_at from posts;");
    BoundModel bound = model.bind(Catalog.of(users, TestCatalog.POSTS));
    assertThat(bound.entity("users").id()).isEqualTo(IdKind.TEXT);
    assertThat(bound.entity("posts").id()).isEqualTo(IdKind.UUID);
    assertThat(bound.entity("follows").id()).isNull();
    assertThat(bound.targetId()).isEqualTo(IdKind.TEXT);
  }
}
