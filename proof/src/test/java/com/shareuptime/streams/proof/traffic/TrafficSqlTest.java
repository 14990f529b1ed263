package com.shareuptime.streams.proof.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.contract.Installation;
import com.shareuptime.streams.contract.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrafficSqlTest {
  private static final Path MODELS = Installation.find().root().resolve("models");

  private static final String FEWEST =
      """
      -- name: SIGN_UP
      insert into members (id) values (:user)
      -- A remark with a :colon, which belongs to nothing.
      -- name: PUBLISH.post
      insert into entries (id, by) values (:target, :user)
      -- name: LIKE
      insert into claps values (:target, :user)
      -- name: UNLIKE
      delete from claps where entry = :target and by = :user
      -- name: FOLLOW
      insert into follows values (:user, :followee)
      -- name: UNFOLLOW
      delete from follows where follower = :user and followee = :followee
      -- name: OWN_USER
      insert into members (name) values (:username) returning id
      -- name: OWN_POST
      insert into entries (by) values (:user) returning id
      """;

  @Test
  void aStatementIsWhatStandsBelowItsName() {
    TrafficSql sql = TrafficSql.of("traffic.sql", FEWEST);

    assertThat(sql.of(OtherStatement.SIGN_UP))
        .isEqualTo(RowSql.of("insert into members (id) values (:user)"));
    assertThat(sql.find(Change.LIKE, Target.Type.REEL)).isPresent();
    assertThat(sql.find(OtherStatement.PUBLISH, Target.Type.REEL)).isEmpty();
    assertThat(sql.hasReels()).isFalse();
  }

  @Test
  void whatIsSaidOfOneTypeAloneGoesFirst() {
    TrafficSql sql =
        TrafficSql.of(
            "traffic.sql", FEWEST + "-- name: LIKE.post\ninsert into post_likes values (:user)");

    assertThat(sql.find(Change.LIKE, Target.Type.POST).orElseThrow().positional())
        .contains("post_likes");
    assertThat(sql.find(Change.LIKE, Target.Type.REEL).orElseThrow().positional())
        .contains("claps");
  }

  @Test
  void faultsThatNeedWhatIsLeftOutAreNotMade() {
    Set<Fault> all = EnumSet.allOf(Fault.class);

    assertThat(TrafficSql.canonical().possible(all)).isEqualTo(all);
    assertThat(TrafficSql.of("traffic.sql", FEWEST).possible(all))
        .doesNotContain(
            Fault.SOFT_DELETES,
            Fault.TARGET_DELETES,
            Fault.USER_DELETES,
            Fault.BULK_DELETES,
            Fault.MOVES,
            Fault.NEW_DATES,
            Fault.RACES,
            Fault.ODD_VALUES)
        .contains(Fault.LOST, Fault.PHANTOMS, Fault.SLOW_TRANSACTIONS);
  }

  @Test
  void whatIsWrongWithAFileIsTold() {
    assertThatThrownBy(() -> TrafficSql.of("my.sql", FEWEST + "-- name: LOVE\nselect 1"))
        .hasMessageContaining("my.sql: statement LOVE: there is no such statement");
    assertThatThrownBy(() -> TrafficSql.of("my.sql", FEWEST + "-- name: HIDE.story\nselect 1"))
        .hasMessageContaining("it ends with .post or .reel");
    assertThatThrownBy(() -> TrafficSql.of("my.sql", FEWEST + "-- name: HIDE\nselect :username"))
        .hasMessageContaining("statement HIDE: it is not given :username");
    assertThatThrownBy(() -> TrafficSql.of("my.sql", FEWEST + "-- name: HIDE\nselect :row"))
        .hasMessageContaining("there is no value :row");
    assertThatThrownBy(() -> TrafficSql.of("my.sql", FEWEST + FEWEST))
        .hasMessageContaining("it stands there twice");
    assertThatThrownBy(() -> TrafficSql.of("my.sql", FEWEST.replace("UNLIKE", "CLEAR_LIKES")))
        .hasMessageContaining("it lacks [UNLIKE.post]");
  }

  @Test
  void theCanonicalTablesAndTheirModelAreThoseOfTheProject() throws IOException {
    assertThat(MODELS.resolve("shareuptime/schema.sql"))
        .hasSameTextualContentAs(MODELS.resolveSibling("sql/base-schema.sql"));
    assertThat(MODELS.resolve("shareuptime/model.sql"))
        .hasSameTextualContentAs(
            MODELS.resolveSibling(
                "model/src/main/resources/com/shareuptime/streams/model/canonical.sql"));
    assertThat(Files.exists(MODELS.resolve("shareuptime/traffic.sql"))).isTrue();
  }
}
