package com.shareuptime.streams.client;

import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.model.Model;
import com.shareuptime.streams.model.catalog.CatalogReader;
import com.shareuptime.streams.sql.BaseSchema;
import com.shareuptime.streams.sql.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Tables of a product, with the same statements for each. */
enum Schema {
  CANONICAL(
      DrawnIds.NUMBERS,
      "insert into public.users (id, username, display_name, is_active) values (?, ?, '', ?)",
      "insert into public.follows (follower_id, followee_id, status) values (?, ?, ?)",
      """
      insert into public.posts (id, author_id, content, is_deleted, visibility, created_at)
      values (?, ?, ?, ?, ?, timestamptz 'epoch' + ? * interval '1 microsecond')""",
      """
      select p.id
      from public.posts p join public.users a on a.id = p.author_id
      where (p.author_id = ? or p.author_id in (
               select followee_id from public.follows where follower_id = ? and status = 'accepted'))
        and a.is_active and not p.is_deleted and p.visibility in ('public', 'unlisted', 'followers')
      order by p.created_at desc, p.id desc""") {
    @Override
    void make(String url, String user, String password) throws SQLException {
      BaseSchema.apply(url, user, password);
      Migrations.source(url, user, password);
      Migrations.sink(url, user, password);
    }
  },
  /** ShareUptime's own backend; nobody is inactive in it. */
  UUIDS(
      DrawnIds.UUIDS,
      "insert into public.users (id, username, is_verified) values (?, ?, ?)",
      "insert into public.follows (follower_id, following_id, status) values (?, ?, ?)",
      """
      insert into public.posts (id, user_id, content, is_active, privacy_level, created_at)
      values (?, ?, ?, not ?, replace(?, 'followers', 'friends'), timestamptz 'epoch' + ? * interval '1 microsecond')""",
      """
      select id from public.posts
      where (user_id = ? or user_id in (
               select following_id from public.follows where follower_id = ? and status = 'accepted'))
        and is_active and privacy_level in ('public', 'friends')
      order by created_at desc, id desc""") {
    @Override
    void make(String url, String user, String password) throws SQLException, IOException {
      try (Connection connection = DriverManager.getConnection(url, user, password);
          Statement statement = connection.createStatement()) {
        statement.execute(file("schema.sql"));
        for (String view :
            Model.parse(file("model.sql"))
                .bind(CatalogReader.read(connection))
                .viewStatements(connection)) {
          statement.execute(view);
        }
        Migrations.sink(url, user, password, IdKinds.ofViews(connection));
      }
    }
  };

  private static final Path FILES = Path.of("../models/shareuptime-uuid");

  final DrawnIds ids;

  /** Of id, name, and whether he is active. */
  final String user;

  /** Of follower, followee, status. */
  final String follow;

  /** Of id, author, text, whether it is deleted, visibility, and microseconds. */
  final String post;

  /**
   * The feed as the contract words it, which no reader would want to wait for: of the reader,
   * twice.
   */
  final String feed;

  Schema(DrawnIds ids, String user, String follow, String post, String feed) {
    this.ids = ids;
    this.user = user;
    this.follow = follow;
    this.post = post;
    this.feed = feed;
  }

  /** In an empty database, with what the read models need. */
  abstract void make(String url, String user, String password) throws SQLException, IOException;

  private static String file(String name) throws IOException {
    return Files.readString(FILES.resolve(name));
  }
}
