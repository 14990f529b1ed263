package com.shareuptime.streams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.shareuptime.streams.model.expression.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused by the text alone: with its place, and with what to write instead. */
class RefusedModelTest {
  private static final String REST = ModelFiles.USERS + ModelFiles.FOLLOWS;
  private static final String WHOLE = ModelFiles.USERS + ModelFiles.POSTS + ModelFiles.FOLLOWS;

  static List<Problem> problems(String sql) {
    ModelException refused = catchThrowableOfType(ModelException.class, () -> Model.parse(sql));
    assertThat(refused).as("refusal of %s", sql).isNotNull();
    return refused.problems();
  }

  private static Problem problem(String sql) {
    List<Problem> problems = problems(sql);
    assertThat(problems).as("problems of %s", sql).hasSize(1);
    return problems.get(0);
  }

  /** As an expression of posts.content, with the column in it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "count(*) ~ 1 ~ Aggregates are refused ~ map each row of the other table",
        "now() ~ 1 ~ now() is refused: time ~ column that the application changes",
        "current_timestamp ~ 1 ~ current_timestamp is refused ~ column that the application",
        "body like 'x%' ~ 6 ~ no expression like like ~ left(x, n) = 'text'",
        "n between 1 and 2 ~ 1 ~ no expression like between ~ x >= a and x <= b",
        "a is distinct from b ~ 3 ~ no expression like is distinct from ~ x <> y",
        "(select body from bodies) ~ 1 ~ no expression like a subquery ~ kept by a trigger",
        "exists (select 1) ~ 1 ~ no expression like a subquery ~ kept by a trigger",
        "a in (select id from b) ~ 6 ~ no expression like a subquery ~ kept by a trigger",
        "a in (b, 1) ~ 7 ~ holds literals only ~ x = a or x = b",
        "replace(body, 'a', 'b') ~ 1 ~ no function replace ~ Functions of a model",
        "substring(body, 1, 2) ~ 1 ~ no function substring ~ substr(x, start, length)",
        "left(body) ~ 1 ~ left takes 2 arguments, not 1 ~ Functions of a model",
        "coalesce(left(body, 3), length(body)) ~ 25 ~ no function length ~ Functions of a model",
        "sum(n) over () ~ 8 ~ no window functions ~ Leave",
        "data ->> 'body' ~ 1 ~ no expression like access into json ~ column of its own",
        "body::varchar(20) ~ 1 ~ A cast to varchar (20) is refused ~ Write ::text",
        "n::int ~ 1 ~ A cast to int is refused ~ Write ::bigint",
        "at::timestamptz ~ 1 ~ A cast to timestamptz is refused ~ at time zone 'UTC'",
        "at::date ~ 1 ~ A cast to date is refused ~ depends on a zone",
        "cast(n as numeric) ~ 1 ~ A cast to numeric is refused ~ bigint",
        "timestamp '2020-01-01' ~ 1 ~ literal with its type before it ~ plain literal",
        "e'x' ~ 1 ~ literal with a letter before it ~ plain literal",
        "array['x'] ~ 1 ~ no expression like an array ~ '{}'",
        "tags[1] ~ 1 ~ element of an array ~ column of its own",
        "other.body ~ 1 ~ no table other ~ without it, or with p",
        "a = not b ~ 5 ~ in another order ~ parentheses",
        "+n ~ 1 ~ plus sign ~ Leave it out",
        "at at time zone zone ~ 17 ~ zone is no literal ~ 'UTC'",
        "body collate \"de\" ~ 1 ~ A cast to \"de\" is refused ~ ::text",
        "a and ~ 3 ~ cannot be read ~ ",
      })
  void expressions(String expression, int column, String message, String advice) {
    String before = "create view posts as select id, x as author_id, ";
    Problem problem =
        problem(REST + before + expression + "\n as content, at as created_at from posts p;\n");
    assertThat(problem.message()).contains(message);
    assertThat(problem.advice()).contains(advice == null ? "" : advice);
    assertThat(problem.line()).isEqualTo(3);
    assertThat(problem.column()).isEqualTo(before.length() + column);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "select id, author_id, content, created_at from posts join users on true ~ 59 ~ Joins are refused ~ trigger",
        "select id, author_id, content, created_at from posts, users ~ 55 ~ Joins are refused ~ trigger",
        "select distinct id, author_id, content, created_at from posts ~ 8 ~ \"distinct\" is refused ~ where",
        "select id, author_id, content, created_at from posts group by id ~ 54 ~ \"group by\" is refused ~ where",
        "select id, author_id, content, created_at from posts order by id ~ 54 ~ \"order by\" is refused ~ where",
        "select id, author_id, content, created_at from posts limit 5 ~ 54 ~ \"limit\" is refused ~ where",
        "select id, author_id, content, created_at from posts offset 5 ~ 54 ~ \"offset\" is refused ~ where",
        "select id, author_id, content, created_at from posts for update ~ 54 ~ \"for update\" is refused ~ where",
        "select * from posts ~ 8 ~ select * is refused ~ Name each column",
        "select p.* from posts p ~ 8 ~ select * is refused ~ Name each column",
        "select id, author_id, content, created_at from (select * from posts) p ~ 48 ~ no subquery ~ from public.posts",
        "select id, author_id, content, created_at from generate_series(1, 2) ~ 48 ~ no subquery ~ from public.posts",
        "select id, author_id, content, created_at ~ 1 ~ no from ~ Write the table",
        "select id, author_id, content, created_at from posts union select id, author_id, content, created_at from posts ~ 54 ~ union all only ~ union all",
        "with p as (select 1) select id, author_id, content, created_at from p ~ 1 ~ no with ~ union all",
        "(select id, author_id, content, created_at from posts) ~ 1 ~ no parentheses ~ union all",
        "values (1) ~ 1 ~  ~ ",
      })
  void selects(String select, int column, String message, String advice) {
    Problem problem = problem(REST + "create view posts as\n" + select + ";");
    assertThat(problem.message()).contains(message == null ? "" : message);
    assertThat(problem.advice()).contains(advice == null ? "" : advice);
    assertThat(problem.line()).isEqualTo(4);
    assertThat(problem.column()).isEqualTo(column);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "create view streams.likes as select 1; ~ 13 ~ no schema ~ create view likes",
        "create view \"Likes\" as select 1; ~ 13 ~ not quoted ~ lower case",
        "create materialized view likes as select 1; ~ 8 ~ not materialized ~ create view",
        "create temp view likes as select 1; ~ 8 ~ not temp ~ create view",
        "create view likes (id) as select 1; ~ 19 ~ named in its select ~ as NAME",
        "create view likes with (security_barrier) as select 1; ~ 19 ~ set by migrate ~ Leave",
        "create table likes (id int); ~ 8 ~ no \"view\" ~ A model holds",
        "drop table likes; ~ 1 ~ no part of a model ~ A model holds",
        "insert into likes values (1); ~ 1 ~ no part of a model ~ A model holds",
        "comment on table likes is 'x'; ~ 12 ~ no \"view\" ~ A model holds",
        "comment on view users is 'event: user'; ~ 17 ~ no events of its own ~ Leave",
        "comment on view boosts is 'event: boost'; ~ 17 ~ no view boosts ~ of this file",
        "create view l$kes as select 'post' as target_type, id as target_id from x; ~ 13 ~ no name ~ a to z",
        "create view fame as select 'post' as target_type, id as target_id from x; ~ 13 ~ no s to drop ~ comment on view fame",
        "create view follows as select a as follower_id, b as followee_id from x; ~ 13 ~ two views follows ~ union all",
        "create view likes as select 'post' as target_type, id as target_id, a as user_id, b as author_id from x; ~ 83 ~ both name the user ~ Keep one",
        "create view likes as select 'post' as target_type, id as target_id, a as created from x; ~ 69 ~ no column created ~ created_at",
        "create view likes as select 'post' as target_type from x; ~ 13 ~ no column target_id ~ EXPRESSION as target_id",
        "create view likes as select 'post' as target_type, id as target_id, id as target_id from x; ~ 69 ~ two columns target_id ~ Leave one out",
        "create view likes as select 'post' as target_type, id as target_id, not a from x; ~ 69 ~ no name ~ EXPRESSION as NAME",
        "create view likes as select 'comment' as target_type, id as target_id from x; ~ 29 ~ No entity of the model is called 'comment' ~ post, user",
        "create view posts_liked as select 'post' as target_type, id as target_id from x; comment on view posts_liked is 'event: post'; ~ 13 ~ Two of the model are called post ~ another word",
        "create view likes as select 'post' as target_type, id as target_id from x union all select 'post' from y; ~ 104 ~ has 1 columns, the first one 2 ~ same order",
        "create view likes as select 'post' as target_type, id as target_id from x union all select id as target_id, 'post' as target_type from y; ~ 92 ~ joined by place ~ same order",
        "create view reels as select id, a as author_id, b as caption, c as created_at from posts; ~ 84 ~ over one table, public.posts ~ leave reels out",
        "create view likes as select 'post ~ 29 ~ has no end ~ End it",
        "create view likes as select $$x$$ as target_type; ~ 29 ~ dollar quotes ~ 'text'",
      })
  void statements(String statement, int column, String message, String advice) {
    Problem problem = problems(WHOLE + statement).get(0);
    assertThat(problem.message()).contains(message);
    assertThat(problem.advice()).contains(advice);
    assertThat(problem.line()).isEqualTo(4);
    assertThat(problem.column()).isEqualTo(column);
  }

  @Test
  void aVisibilityThatIsNone() {
    Problem problem =
        problem(
            REST
                + "create view posts as select id, author_id, content, created_at,\n"
                + " case privacy when 'a' then 'friends' else privacy end as visibility from posts;");
    assertThat(problem)
        .isEqualTo(
            new Problem(
                4,
                29,
                "'friends' is no visibility.",
                "Write 'public', 'unlisted', 'followers' or 'private'."));
  }

  @Test
  void mandatoryViewsThatAreMissing() {
    assertThat(problems("-- nothing"))
        .extracting(Problem::message)
        .containsExactly(
            "The model has no view users.",
            "The model has no view posts.",
            "The model has no view follows.");
  }

  @Test
  void allProblemsAreToldAtOnceInTheOrderOfTheFile() {
    List<Problem> problems =
        problems(
            "create view users as select id, now() as username from users;\n"
                + "drop table x;\n"
                + "create view posts as select id, author_id, count(*) as content, a like b as created_at\n"
                + "from posts where exists (select 1);\n"
                + ModelFiles.FOLLOWS);
    assertThat(problems)
        .extracting(Problem::line, Problem::column)
        .containsExactly(tuple(1, 33), tuple(2, 1), tuple(3, 44), tuple(3, 67), tuple(4, 18));
  }

  @Test
  void aMessageHasPlaceReasonAndMend() {
    assertThat(problem(WHOLE + "\nselect 1;").toString())
        .isEqualTo(
            "line 5, column 1: This statement is no part of a model. A model holds"
                + " \"create view NAME as select …\" and \"comment on view NAME is 'event: …'\".");
  }
}
