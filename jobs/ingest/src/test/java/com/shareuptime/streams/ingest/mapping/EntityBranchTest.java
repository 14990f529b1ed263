package com.shareuptime.streams.ingest.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.model.catalog.CatalogTable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** By what records are known, and what an old row says of it. */
class EntityBranchTest {
  private static EntityBranch only(String view, CatalogTable table) {
    return TestModel.branches(view, table).get(0);
  }

  private static CatalogTable rows(String... primaryKey) {
    return TestModel.table(
        "rows",
        List.of(primaryKey),
        "row_id bigint",
        "kind varchar",
        "post bigint",
        "fan bigint",
        "other bigint");
  }

  @Test
  void aCounterIsKnownByItsPrimaryKeyUnderCanonicalNamesWhereTheyAreTheSame() {
    String view =
        "create view likes as select row_id as id, kind as target_type, post as target_id, fan as"
            + " user_id from rows;";

    assertThat(only(view, rows("fan", "post", "kind")).key().names())
        .containsExactly("target_type", "target_id", "user_id");
    assertThat(only(view, rows("row_id")).key().names()).containsExactly("id");
    assertThat(only(view, rows("other", "fan")).key().names()).containsExactly("$other", "$fan");
    assertThat(only(view, rows("post", "fan")).key().names()).containsExactly("$post", "$fan");
    assertThat(only(view.replace("row_id as id", "row_id + 1 as id"), rows("row_id")).key().names())
        .as("what is computed is not the column")
        .containsExactly("$row_id");
  }

  @Test
  void laterBranchesOfACounterSayWhichTheyAre() {
    List<EntityBranch> branches =
        TestModel.branches(
            "create view shares as select 'post' as target_type, post as target_id from rows"
                + " union all select 'user' as target_type, post as target_id from rows;",
            rows("row_id"));

    assertThat(branches.get(0).key().names()).containsExactly("$row_id");
    assertThat(branches.get(1).key().names()).containsExactly("$row_id", "$branch");
  }

  @Test
  void othersAreKnownByTheirNaturalKey() {
    String follows =
        "create view follows as select fan as follower_id, other as followee_id from rows;";
    EntityBranch branch = only(follows, rows("row_id"));

    assertThat(branch.key().names()).containsExactly("follower_id", "followee_id");
    assertThat(branch.isKnownByPrimaryKey()).isFalse();
    assertThat(only(follows, rows("other", "fan", "kind")).isKnownByPrimaryKey()).isTrue();
    assertThat(
            only(
                    "create view users as select row_id + 1 as id, kind as username from rows;",
                    rows("row_id"))
                .isKnownByPrimaryKey())
        .as("it can be computed")
        .isTrue();
  }

  @Test
  void ofAnOldRowItIsKnownWhatItsColumnsSay() {
    EntityBranch likes =
        only(
            "create view likes as select kind as target_type, post as target_id, fan as user_id"
                + " from rows where other > 0;",
            rows("post", "fan"));

    assertThat(likes.knownOfOldRow(false)).containsExactly(2, 3);
    assertThat(likes.knownOfOldRow(true)).containsExactly(1, 2, 3);
    assertThat(likes.rows().neededColumns())
        .containsExactlyInAnyOrder("kind", "post", "fan", "other");
  }
}
