package com.shareuptime.streams.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.model.catalog.Catalog;
import com.shareuptime.streams.model.catalog.CatalogColumn;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.catalog.CatalogTable.ReplicaIdentity;
import com.shareuptime.streams.model.catalog.SqlType;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rows of a counter may count for, as far as its select and its table say. */
class TargetLabelsTest {
  private static final SqlType LABELS = SqlType.enumOf("target", List.of("user", "page"));
  private static final CatalogTable STARS =
      CatalogTable.of(
          "public",
          "stars",
          List.of(
              TestCatalog.column("id", SqlType.INT8, false),
              TestCatalog.column("target_id", SqlType.INT8, false),
              TestCatalog.column("any", SqlType.varchar(20), false),
              CatalogColumn.of("checked", SqlType.varchar(20), false)
                  .withValues(List.of("post", "group")),
              TestCatalog.column("labelled", LABELS, false)),
          List.of("id"));

  /** Of those that are no entity of the model, rows count for nothing. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'user'                                        | true                    | user",
        "case any when 'p' then 'post' else 'user' end | true                    | post user",
        "case any when 'p' then 'post' else any end    | true                    | post star user",
        "any                                           | true                    | post star user",
        "any                                           | any in ('star', 'page') | star",
        "any                                           | any not in ('star')     | post star user",
        "checked                                       | true                    | post",
        "labelled                                      | true                    | user",
        "labelled::text                                | true                    | user",
      },
      quoteCharacter = '"')
  void labelsAreThoseThatTheTypeMayHave(String type, String where, String labels) {
    Catalog posts = TestCatalog.withPosts(ReplicaIdentity.FULL, List.of("id"), List.of());
    BoundModel model =
        Model.parse(
                TestCatalog.model("title as visibility")
                    + "create view stars as select id, "
                    + type
                    + " as target_type, target_id from stars where id > 0 and "
                    + where
                    + ";")
            .bind(
                Catalog.of(
                    posts.tables().get(0), posts.tables().get(1), posts.tables().get(2), STARS));
    assertThat(model.counters())
        .singleElement()
        .satisfies(stars -> assertThat(model.targetsOf(stars)).containsExactly(labels.split(" ")));
  }
}
