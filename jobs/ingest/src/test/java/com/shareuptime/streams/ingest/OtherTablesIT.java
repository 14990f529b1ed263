package com.shareuptime.streams.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.ingest.check.Refusal;
import com.shareuptime.streams.ingest.check.StartChecks;
import java.nio.file.Path;
import org.apache.flink.api.common.JobStatus;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tables that look like no model: posts and replies in one, friendships that are follows both ways,
 * likes of a key that means nothing, names with capitals, and types of every kind.
 */
class OtherTablesIT {
  private static final String TABLES =
      """
      create schema app;
      create type app.kind as enum ('post', 'reel');
      create domain app.name as varchar(40);
      create domain app.number as bigint check (value > 0);
      create table app."Account" (id app.number primary key, handle char(12) not null, "displayName" app.name,
        picture text, state smallint not null default 1, blue boolean, tags text[] not null default '{}');
      create table app.statuses (id bigint primary key, account_id bigint, parent_id bigint, body text,
        audience smallint not null default 0, weight integer not null default 1, removed_at timestamptz,
        created_at timestamp not null default now(), hits integer not null default 0);
      create table app.friendships (id uuid primary key default gen_random_uuid(), a bigint not null,
        b bigint not null, since timestamptz);
      create table app.favourites (user_id bigint, status_id bigint, kind app.kind not null,
        primary key (user_id, status_id));
      create table app.old_favourites (kind app.kind, at_id bigint, fan_id bigint, primary key (kind, at_id, fan_id));
      alter table app."Account" replica identity full;
      alter table app.statuses replica identity full;
      alter table app.friendships replica identity full;
      insert into app."Account" (id, handle, "displayName") values (1, 'one', 'One'), (2, 'two', null), (3, 'three', '');
      insert into app.statuses (id, account_id, parent_id, body) values
        (1, 1, null, 'a post'), (2, 2, 1, 'a reply'), (3, null, null, 'of nobody'), (4, 1, null, null);
      insert into app.friendships (a, b, since) values (1, 2, '2020-01-31 00:00:00+00');
      insert into app.favourites values (2, 1, 'post');
      insert into app.old_favourites values ('post', 1, 3);
      """;

  private static final String MODEL =
      """
      create view users as
      select id, handle as username, "displayName" as display_name, picture as avatar_url,
             coalesce(blue, cardinality(tags) > 0) as is_verified, state = 1 as is_active
      from app."Account";
      create view posts as
      select id, account_id as author_id, body as content,
             case audience when 0 then 'public' when 1 then 'followers' else 'private' end as visibility,
             removed_at is not null as is_deleted, created_at at time zone 'UTC' as created_at
      from app.statuses where parent_id is null;
      create view comments as
      select id, 'post' as target_type, parent_id as target_id, account_id as author_id, body as content,
             12 / weight as amount, created_at at time zone 'Europe/Berlin' as created_at
      from app.statuses where parent_id is not null;
      create view follows as
      select a as follower_id, b as followee_id, since as created_at from app.friendships
      union all
      select b as follower_id, a as followee_id, since as created_at from app.friendships;
      create view likes as
      select kind::text as target_type, status_id as target_id, user_id from app.favourites
      union all
      select kind::text as target_type, at_id as target_id, fan_id as user_id from app.old_favourites;
      """;

  private ModelDatabase database;

  @BeforeEach
  void create() throws Exception {
    database = ModelDatabase.create(IngestStack.shared(), "other_tables", TABLES, MODEL);
  }

  @AfterEach
  void drop() throws Exception {
    database.close();
  }

  @Test
  void whatTheTablesSayIsInTheTopicsOfTheModel() throws Exception {
    StartChecks.run(database.options());
    try (RunningIngest job = RunningIngest.fresh(database.options())) {
      database.assertTopicsEqualViews();
      try (TopicReplay replay = database.replay()) {
        assertThat(replay.rows(CdcTable.POSTS)).containsOnlyKeys("{\"id\":1}");
        assertThat(replay.rows(CdcTable.COMMENTS)).containsOnlyKeys("{\"id\":2}");
        assertThat(replay.rows(CdcTable.FOLLOWS))
            .containsOnlyKeys(
                "{\"follower_id\":1,\"followee_id\":2}", "{\"follower_id\":2,\"followee_id\":1}");
        assertThat(replay.rows(CdcTable.LIKES))
            .containsOnlyKeys(
                "{\"$user_id\":2,\"$status_id\":1}",
                "{\"$kind\":\"post\",\"$at_id\":1,\"$fan_id\":3,\"$branch\":1}");
        JsonNode user = replay.rows(CdcTable.USERS).get("{\"id\":1}");
        assertThat(user.get("username").asText()).isEqualTo("one"); // char(n) has no blanks
        assertThat(replay.generation(CdcTable.REELS)).isPositive();
      }

      database.sql(
          "update app.statuses set account_id = 3, body = 'now of somebody' where id = 3",
          "update app.statuses set parent_id = 1 where id = 3",
          "update app.statuses set parent_id = null, audience = 1, removed_at = now() where id = 2",
          "update app.statuses set account_id = null where id = 1",
          "update app.statuses set body = '' where id = 4",
          "update app.\"Account\" set blue = true, tags = '{a}' where id = 2",
          "update app.\"Account\" set state = 2, \"displayName\" = null where id = 1",
          "update app.\"Account\" set id = 7 where id = 3");
      database.assertTopicsEqualViews();
      assertThat(job.restarts()).isZero();
    }
  }

  @Test
  void aFriendshipIsTwoFollowsWhateverBecomesOfIt() throws Exception {
    try (RunningIngest job = RunningIngest.fresh(database.options())) {
      database.assertTopicsEqualViews();
      for (String change :
          new String[] {
            "insert into app.friendships (a, b) values (5, 6), (6, 7)",
            "update app.friendships set a = b, b = a where a = 1", // both stay
            "update app.friendships set b = 9 where b = 6",
            "update app.friendships set id = gen_random_uuid()", // none of them changes
            "update app.friendships set id = gen_random_uuid(), b = 10 where b = 9",
            "update app.friendships set since = now() where b = 10",
            "delete from app.friendships where a = 6"
          }) {
        database.sql(change);
        database.assertTopicsEqualViews();
      }
      assertThat(job.restarts()).isZero();
    }
  }

  @Test
  void countersOfAKeyThatMeansNothingComeGoAndMove() throws Exception {
    try (RunningIngest job = RunningIngest.fresh(database.options())) {
      database.assertTopicsEqualViews();
      database.sql(
          "insert into app.favourites values (4, 1, 'post'), (5, 1, 'reel')",
          "update app.favourites set kind = 'reel' where user_id = 4",
          "update app.favourites set status_id = 2 where user_id = 5",
          "delete from app.favourites where user_id = 2",
          "update app.old_favourites set at_id = 4");
      database.assertTopicsEqualViews();
      try (TopicReplay replay = database.replay()) {
        String gone = "{\"$user_id\":2,\"$status_id\":1}";
        assertThat(replay.lastEnvelope(CdcTable.LIKES, gone).get("before").toString())
            .isEqualTo("{\"target_id\":1,\"user_id\":2}");
        assertThat(replay.endsWithTombstone(CdcTable.LIKES, gone)).isTrue();
      }
      assertThat(job.restarts()).isZero();
    }
  }

  @Test
  void whatChangesNothingOfTheEntityIsNotWritten() throws Exception {
    try (RunningIngest job = RunningIngest.fresh(database.options())) {
      database.assertTopicsEqualViews();
      database.sql("update app.statuses set hits = hits + 1 where id = 1");
      try (TopicReplay replay = database.replay()) {
        assertThat(replay.lastEnvelope(CdcTable.POSTS, "{\"id\":1}").get("op").asText())
            .isEqualTo("r");
      }
      database.sql("update app.statuses set hits = hits + 1, body = 'new' where id = 1");
      try (TopicReplay replay = database.replay()) {
        JsonNode change = replay.lastEnvelope(CdcTable.POSTS, "{\"id\":1}");
        assertThat(change.get("op").asText()).isEqualTo("u");
        assertThat(change.at("/before/content").asText()).isEqualTo("a post");
        assertThat(change.get("after").has("hits")).isFalse();
      }
      assertThat(job.restarts()).isZero();
    }
  }

  /** Stored out of line; with the old row whole, no record of an update lacks it. */
  @Test
  void aLargeTextThatAnUpdateLeavesAloneStays() throws Exception {
    database.sql(
        "insert into app.statuses (id, account_id, body) select 50, 1, string_agg(md5(random()::text), '') from generate_series(1, 2048)");
    try (RunningIngest job = RunningIngest.fresh(database.options())) {
      database.assertTopicsEqualViews();
      database.sql("update app.statuses set audience = 2 where id = 50");
      try (TopicReplay replay = database.replay()) {
        JsonNode row = replay.lastAfter(CdcTable.POSTS, "{\"id\":50}");
        assertThat(row.get("visibility").asText()).isEqualTo("private");
        assertThat(row.get("content").asText()).hasSize(64 << 10);
      }
      database.assertTopicsEqualViews();
      assertThat(job.restarts()).isZero();
    }
  }

  @Test
  void aRowThatCannotBeComputedIsAHoleUntilItCan() throws Exception {
    String hole =
        "select row_key || ' ' || reason from streams.ingest_holes where table_name = 'comments'";
    try (RunningIngest job = RunningIngest.fresh(database.options())) {
      database.assertTopicsEqualViews();
      database.sql(
          "update app.statuses set weight = 0 where id = 2",
          "insert into app.statuses (id, account_id, parent_id, body, weight) values (60, 1, 1, 'x', 0)",
          "delete from app.statuses where id = 60",
          "update app.statuses set body = 'goes on' where id = 1");
      try (TopicReplay replay = database.replay()) {
        assertThat(replay.lastAfter(CdcTable.POSTS, "{\"id\":1}").get("content").asText())
            .isEqualTo("goes on");
        assertThat(replay.has(CdcTable.COMMENTS, "{\"id\":2}")).as("as it was").isTrue();
      }
      assertThat(database.text(hole))
          .hasValue("{\"id\":2} the row cannot be computed: division by zero");
      database.sql("update app.statuses set weight = 4 where id = 2");
      database.assertTopicsEqualViews();
      assertThat(database.text(hole)).isEmpty();
      assertThat(job.restarts()).isZero();
    }
  }

  @Test
  void aTruncatedTableEmptiesItsEntitiesUnlessTheyHaveOthers() throws Exception {
    try (RunningIngest job = RunningIngest.fresh(database.options())) {
      database.assertTopicsEqualViews();
      database.sql(
          "truncate app.statuses",
          "insert into app.statuses (id, account_id, body) values (70, 1, 'after it')");
      database.assertTopicsEqualViews();
      database.sql("truncate app.old_favourites");
      assertThat(job.failure())
          .hasStackTraceContaining("table app.old_favourites was truncated, and cdc.likes has rows")
          .hasStackTraceContaining("./streams submit ingest --fresh");
      assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    }
    try (RunningIngest fresh = RunningIngest.fresh(database.options())) {
      database.assertTopicsEqualViews();
    }
  }

  @Test
  void anotherModelThanThatOfTheCheckpointIsRefused() throws Exception {
    Path checkpoint;
    try (RunningIngest job = RunningIngest.fresh(database.options())) {
      database.assertTopicsEqualViews();
      long before = job.checkpoints();
      Awaitility.await().atMost(TableRows.PATIENCE).until(() -> job.checkpoints() > before + 1);
      checkpoint = job.lastCheckpoint().orElseThrow();
    }
    database.record("-- the same in other words\n" + MODEL.replace("select", "SELECT\n "));
    try (RunningIngest job = RunningIngest.from(checkpoint, database.options())) {
      database.assertTopicsEqualViews();
      checkpoint = job.lastCheckpoint().orElse(checkpoint);
    }
    database.record(MODEL.replace("state = 1", "state in (1, 2)"));
    try (RunningIngest job = RunningIngest.from(checkpoint, database.options())) {
      assertThat(job.failure())
          .hasStackTraceContaining("another than the one that the checkpoint was made with")
          .hasStackTraceContaining("./streams submit ingest --fresh");
    }
  }

  @Test
  void aTableWhoseDeletesDoNotSayTheKeyIsRefused() throws Exception {
    database.sql("alter table app.friendships replica identity default");
    assertThatThrownBy(() -> StartChecks.run(database.options()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(
            "a delete in table app.friendships would not say which row of follows")
        .hasMessageContaining("alter table app.friendships replica identity full;");
  }

  /** Its log has deletes without their key; what the replica identity is now does not help. */
  @Test
  void anIdentityThatWasNotFullForAWhileIsNoticed() throws Exception {
    Path checkpoint;
    try (RunningIngest job = RunningIngest.fresh(database.options())) {
      database.assertTopicsEqualViews();
      long before = job.checkpoints();
      Awaitility.await().atMost(TableRows.PATIENCE).until(() -> job.checkpoints() > before + 1);
      checkpoint = job.lastCheckpoint().orElseThrow();
    }
    database.sql(
        "alter table app.friendships replica identity default",
        "delete from app.friendships",
        "alter table app.friendships replica identity full");
    try (RunningIngest job = RunningIngest.from(checkpoint, database.options())) {
      assertThat(job.failure())
          .hasStackTraceContaining("a change of table app.friendships has not the whole old row");
    }
  }

  @Test
  void aColumnThatIsRetypedEndsTheJob() throws Exception {
    try (RunningIngest job = RunningIngest.fresh(database.options())) {
      database.assertTopicsEqualViews();
      database.sql(
          "drop schema streams_model cascade",
          "alter table app.statuses alter column audience type text",
          "update app.statuses set body = 'x'");
      assertThat(job.failure()).hasStackTraceContaining("audience (of another type)");
    }
  }
}
