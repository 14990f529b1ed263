package com.shareuptime.streams.model;

import com.shareuptime.streams.model.catalog.Catalog;
import com.shareuptime.streams.model.catalog.CatalogColumn;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.catalog.CatalogTable.ReplicaIdentity;
import com.shareuptime.streams.model.catalog.CatalogTable.UniqueIndex;
import com.shareuptime.streams.model.catalog.SqlType;
import com.shareuptime.streams.model.catalog.SqlType.Kind;
import java.util.List;

/** Tables for tests of binding: small ones, and one with a column of every type. */
final class TestCatalog {
  static final CatalogTable USERS =
      CatalogTable.of(
          "public",
          "users",
          List.of(
              column("id", SqlType.INT8, false), column("username", SqlType.varchar(50), false)),
          List.of("id"));

  static final CatalogTable FOLLOWS =
      CatalogTable.of(
          "public",
          "follows",
          List.of(
              column("follower_id", SqlType.INT8, false),
              column("followee_id", SqlType.INT8, false)),
          List.of("follower_id", "followee_id"));

  private static final List<CatalogColumn> OF_EVERY_TYPE =
      List.of(
          column("id", SqlType.INT8, false),
          column("author_id", SqlType.INT8, false),
          column("content", SqlType.TEXT, false),
          column("created_at", SqlType.TIMESTAMPTZ, false),
          column("s", SqlType.INT2, true),
          column("i", SqlType.INT4, true),
          column("n", SqlType.NUMERIC, true),
          column("b", SqlType.BOOL, true),
          column("body", SqlType.TEXT, true),
          column("title", SqlType.varchar(100), true),
          column("code", SqlType.character(5), true),
          column("u", SqlType.UUID, true),
          column("mood", SqlType.enumOf("mood", List.of("public", "sad")), true),
          column("ts", SqlType.TIMESTAMP, true),
          column("day", SqlType.of(Kind.DATE, "date"), true),
          column("doc", SqlType.of(Kind.JSONB, "jsonb"), true),
          column("json", SqlType.of(Kind.JSON, "json"), true),
          column("bytes", SqlType.of(Kind.BYTEA, "bytea"), true),
          column("tags", SqlType.of(Kind.ARRAY, "text[]"), true),
          column("f", SqlType.of(Kind.OTHER, "double precision"), true),
          new CatalogColumn("slug", SqlType.TEXT, true, "lower(title)", List.of()),
          column("Title", SqlType.TEXT, true));

  static final CatalogTable POSTS =
      CatalogTable.of("public", "posts", OF_EVERY_TYPE, List.of("id"));

  static final Catalog ALL = Catalog.of(USERS, FOLLOWS, POSTS);

  private TestCatalog() {}

  static CatalogColumn column(String name, SqlType type, boolean nullable) {
    return CatalogColumn.of(name, type, nullable);
  }

  /** The tables, with posts of another identity. */
  static Catalog withPosts(
      ReplicaIdentity identity, List<String> primaryKey, List<UniqueIndex> indexes) {
    return Catalog.of(
        USERS,
        FOLLOWS,
        new CatalogTable(
            "public", "posts", OF_EVERY_TYPE, primaryKey, identity, List.of(), indexes, List.of()));
  }

  /** A model whose posts have one more line, which begins with {@code column}. */
  static String model(String column) {
    return ModelFiles.USERS
        + ModelFiles.FOLLOWS
        + "create view posts as select id, author_id, content, created_at,\n"
        + column
        + "\nfrom posts;";
  }
}
