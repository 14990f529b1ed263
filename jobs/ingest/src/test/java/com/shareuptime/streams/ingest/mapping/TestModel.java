package com.shareuptime.streams.ingest.mapping;

import com.shareuptime.streams.model.BoundModel;
import com.shareuptime.streams.model.Model;
import com.shareuptime.streams.model.catalog.Catalog;
import com.shareuptime.streams.model.catalog.CatalogColumn;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.catalog.CatalogTable.ReplicaIdentity;
import com.shareuptime.streams.model.catalog.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Models over tables that stand in no database. */
public final class TestModel {
  private static final String LEAST =
      """
      create view users as select id, username from public.users;
      create view posts as select id, author_id, content, created_at from public.posts;
      create view follows as select follower_id, followee_id from public.follows;
      """;

  private static final List<CatalogTable> TABLES =
      List.of(
          table("users", List.of("id"), "id bigint", "username varchar"),
          table(
              "posts",
              List.of("id"),
              "id bigint",
              "author_id bigint",
              "content text",
              "created_at time"),
          table(
              "follows",
              List.of("follower_id", "followee_id"),
              "follower_id bigint",
              "followee_id bigint"));

  private TestModel() {}

  /**
   * A table.
   *
   * @param columns of bigint, uuid, varchar, text, boolean, time
   */
  public static CatalogTable table(String name, List<String> primaryKey, String... columns) {
    List<CatalogColumn> all = new ArrayList<>();
    for (String column : columns) {
      String[] words = column.split(" ");
      SqlType type =
          switch (words[1]) {
            case "bigint" -> SqlType.INT8;
            case "uuid" -> SqlType.UUID;
            case "varchar" -> SqlType.varchar(50);
            case "text" -> SqlType.TEXT;
            case "boolean" -> SqlType.BOOL;
            case "time" -> SqlType.TIMESTAMPTZ;
            default -> throw new IllegalArgumentException(column);
          };
      all.add(CatalogColumn.of(words[0], type, !primaryKey.contains(words[0])));
    }
    return CatalogTable.of("public", name, all, primaryKey);
  }

  public static CatalogTable full(CatalogTable table) {
    return new CatalogTable(
        table.schema(),
        table.name(),
        table.columns(),
        table.primaryKey(),
        ReplicaIdentity.FULL,
        List.of(),
        List.of(),
        List.of());
  }

  /** The branches of one view, which may stand for one of the least that a model must have. */
  public static List<EntityBranch> branches(String view, CatalogTable... tables) {
    StringBuilder sql = new StringBuilder();
    String name = view.split(" ")[2];
    for (String least : LEAST.split("\n")) {
      if (!least.startsWith("create view " + name + " ")) {
        sql.append(least).append('\n');
      }
    }
    List<CatalogTable> all = new ArrayList<>(List.of(tables));
    for (CatalogTable table : TABLES) {
      if (all.stream().noneMatch(other -> other.name().equals(table.name()))) {
        all.add(table);
      }
    }
    BoundModel model =
        Model.parse(sql.append(view).toString()).bind(Catalog.of(all.toArray(CatalogTable[]::new)));
    return EntityBranch.of(model).stream()
        .filter(branch -> branch.entity().name().equals(name))
        .toList();
  }
}
