package com.shareuptime.streams.model;

import static com.shareuptime.streams.model.TestCatalog.column;
import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.model.catalog.Catalog;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.catalog.SqlType;
import java.util.List;
import org.junit.jupiter.api.Test;

class MovedTimesTest {
  private static final CatalogTable COUNTED =
      CatalogTable.of(
          "public",
          "posts",
          List.of(
              column("id", SqlType.INT8, false),
              column("author_id", SqlType.INT8, false),
              column("content", SqlType.TEXT, false),
              column("likes_count", SqlType.INT4, false),
              column("commentsCounter", SqlType.INT4, false),
              column("account", SqlType.INT4, false),
              column("last_count", SqlType.TEXT, false),
              column("created_at", SqlType.TIMESTAMPTZ, false),
              column("changed", SqlType.TIMESTAMPTZ, true)),
          List.of("id"));

  private static List<String> notices(CatalogTable posts, String more) {
    return MovedTimes.of(
        Model.parse(
                ModelFiles.USERS
                    + ModelFiles.FOLLOWS
                    + "create view posts as select id, author_id, content, created_at%s from posts;"
                        .formatted(more))
            .bind(Catalog.of(TestCatalog.USERS, TestCatalog.FOLLOWS, posts)));
  }

  @Test
  void countsBesideATimeOfUpdatesAreNoticed() {
    assertThat(notices(COUNTED, ", changed as updated_at"))
        .containsExactly(
            "public.posts has likes_count, commentsCounter in its own rows. If a change of those"
                + " moves changed, each is a new version of the document: leave updated_at out of"
                + " posts then, or move it with the content alone.");
  }

  @Test
  void countsAloneAndATimeAloneAreNot() {
    assertThat(notices(COUNTED, "")).isEmpty();
    assertThat(notices(TestCatalog.POSTS, ", created_at as updated_at")).isEmpty();
  }
}
