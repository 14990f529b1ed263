package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/** Rows that clients write one at a time, with the ids that the database gives them. */
public record SingleRows(TrafficSql sql, IdKinds kinds) {
  public static SingleRows of(Product product) {
    return new SingleRows(product.sql(), product.kinds());
  }

  /** Makes a user, or finds the one of that name. */
  public Id user(Handle handle, String username) throws SQLException {
    return insert(handle, OtherStatement.OWN_USER, value -> username, kinds.users());
  }

  public Id post(Handle handle, Id author) throws SQLException {
    return insert(
        handle, OtherStatement.OWN_POST, value -> kinds.users().sql(author), kinds.posts());
  }

  private Id insert(Handle handle, OtherStatement name, RowSql.Values values, IdKind kind)
      throws SQLException {
    RowSql insert = sql.of(name);
    try (PreparedStatement statement =
        handle.getConnection().prepareStatement(insert.positional())) {
      insert.bind(statement, values);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return kind.parse(row.getString(1));
      }
    }
  }

  public int follow(Handle handle, Id follower, Id followee) throws SQLException {
    return execute(
        handle,
        sql.find(Change.FOLLOW, null).orElseThrow(),
        value -> kinds.users().sql(value == SqlValue.FOLLOWEE ? followee : follower));
  }

  public int like(Handle handle, Target post, Id user) throws SQLException {
    return execute(
        handle,
        sql.find(Change.LIKE, post.type()).orElseThrow(),
        value ->
            switch (value) {
              case TYPE -> post.type().label();
              case TARGET -> kinds.of(post.type()).sql(post.id());
              default -> kinds.users().sql(user);
            });
  }

  private static int execute(Handle handle, RowSql sql, RowSql.Values values) throws SQLException {
    try (PreparedStatement statement = handle.getConnection().prepareStatement(sql.positional())) {
      sql.bind(statement, values);
      return statement.executeUpdate();
    }
  }
}
