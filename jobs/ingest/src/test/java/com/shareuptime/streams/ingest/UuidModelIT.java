package com.shareuptime.streams.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.ingest.check.StartChecks;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tables of ShareUptime's own backend: every id is a UUID, and no key is the natural one. */
class UuidModelIT {
  private static final Path MODEL = Path.of("../../models/shareuptime-uuid");
  private static final String USER = "00000000-0000-4000-8000-%012d";

  private ModelDatabase database;

  @BeforeEach
  void create() throws Exception {
    database =
        ModelDatabase.create(
            IngestStack.shared(),
            "uuid_model",
            Files.readString(MODEL.resolve("schema.sql")),
            Files.readString(MODEL.resolve("model.sql")));
    for (String table : new String[] {"users", "posts", "follows"}) {
      database.sql("alter table " + table + " replica identity full");
    }
    database.sql(
        "insert into users (id, username, first_name, is_private) select ('00000000-0000-4000-8000-' || lpad(i::text, 12, '0'))::uuid, 'u' || i, case when i % 2 = 0 then 'First' end, i % 3 = 0 from generate_series(1, 2500) i",
        "insert into posts (user_id, content, privacy_level) select id, 'post of ' || username, (array['public', 'friends', 'private'])[1 + length(username) % 3] from users",
        "insert into comments (post_id, user_id, content) select p.id, p.user_id, 'c' from posts p limit 1500",
        "insert into likes (user_id, target_id, target_type) select user_id, id, 'post' from posts limit 1200",
        "insert into likes (user_id, target_id, target_type) select user_id, id, 'comment' from comments limit 100",
        "insert into follows (follower_id, following_id) select a.id, b.id from users a, users b where a.username in ('u1', 'u2') and b.username in ('u3', 'u4')");
  }

  @AfterEach
  void drop() throws Exception {
    database.close();
  }

  @Test
  void itsRowsAreInTheTopicsAsTheModelHasThem() throws Exception {
    StartChecks.run(database.options());
    String user = USER.formatted(1);
    String other = USER.formatted(4);
    try (RunningIngest job = RunningIngest.fresh(database.options())) {
      database.assertTopicsEqualViews();
      database.sql(
          "update users set is_private = true where username = 'u1'",
          "update users set last_name = 'Last' where username = 'u2'",
          "update users set bio = 'shown nowhere' where username = 'u5'",
          "update posts set privacy_level = 'private', is_active = false where user_id = '%s'"
              .formatted(user),
          "update posts set is_active = null where user_id = '%s'".formatted(other),
          "delete from likes where target_type = 'comment'",
          "update likes set target_id = gen_random_uuid() where user_id = '%s'".formatted(user),
          "update follows set status = 'blocked' where follower_id = '%s'".formatted(user),
          "update follows set id = gen_random_uuid()",
          "delete from follows where follower_id = '%s' and following_id = '%s'"
              .formatted(user, other),
          "delete from users where username between 'u20' and 'u30'");
      database.assertTopicsEqualViews();
      try (TopicReplay replay = database.replay()) {
        JsonNode row = replay.rows(CdcTable.USERS).get("{\"id\":\"" + user + "\"}");
        assertThat(row.get("is_private").asBoolean()).isTrue();
        String follow = "{\"follower_id\":\"%s\",\"followee_id\":\"%s\"}".formatted(user, other);
        assertThat(replay.has(CdcTable.FOLLOWS, follow)).isFalse();
        assertThat(replay.lastEnvelope(CdcTable.FOLLOWS, follow).at("/before/status").asText())
            .isEqualTo("blocked");
        String unchanged = "{\"id\":\"" + USER.formatted(5) + "\"}";
        assertThat(replay.lastEnvelope(CdcTable.USERS, unchanged).get("op").asText())
            .as("a bio is shown nowhere")
            .isEqualTo("r");
      }
      assertThat(job.restarts()).isZero();
    }
  }
}
