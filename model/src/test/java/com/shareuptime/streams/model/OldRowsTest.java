package com.shareuptime.streams.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.model.catalog.Catalog;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.catalog.CatalogTable.ReplicaIdentity;
import java.util.List;
import org.junit.jupiter.api.Test;

class OldRowsTest {
  private static final List<String> PAIR = List.of("follower_id", "followee_id");

  @Test
  void followsByTheirOwnKeyTellWhoFollowedWhom() {
    assertThat(whole(ReplicaIdentity.DEFAULT, PAIR, List.of())).doesNotContain("follows");
  }

  /** Of old rows ingest knows the primary key or all, so an index of the pair does not do. */
  @Test
  void followsWithAnIdMustBeWholeAlsoWithAnIndexOfThePair() {
    assertThat(whole(ReplicaIdentity.DEFAULT, List.of("id"), List.of())).contains("follows");
    assertThat(whole(ReplicaIdentity.INDEX, List.of("id"), PAIR)).contains("follows");
  }

  private static List<String> whole(
      ReplicaIdentity identity, List<String> primaryKey, List<String> index) {
    CatalogTable plain = TestCatalog.FOLLOWS;
    CatalogTable follows =
        new CatalogTable(
            plain.schema(),
            plain.name(),
            plain.columns(),
            primaryKey,
            identity,
            index,
            plain.uniqueIndexes(),
            plain.foreignKeys());
    Model model = Model.parse(ModelFiles.USERS + ModelFiles.POSTS + ModelFiles.FOLLOWS);
    Catalog catalog = Catalog.of(TestCatalog.USERS, follows, TestCatalog.POSTS);
    return OldRows.whole(model, catalog).stream().map(CatalogTable::name).toList();
  }
}
