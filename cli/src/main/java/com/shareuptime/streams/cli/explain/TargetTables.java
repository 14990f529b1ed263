package com.shareuptime.streams.cli.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.truth.CountQueries;
import com.shareuptime.streams.contract.truth.DocumentQueries;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** The product's tables, asked for one post or reel. */
record TargetTables(Database source) {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String ROW =
      """
      select document, is_shown,
             format('%1$s %%s of user %%s (%%s%%s), %%s%%s, written %%s, changed %%s', id, author_id,
                    username, case when is_active then '' else ', inactive' end, visibility,
                    case when is_deleted then ', deleted' else '' end, created_at, updated_at)
      from (%2$s) target
      """;

  /** One statement sees one moment: hence a transaction with one snapshot for the two. */
  TargetTruth read(Target target) throws SQLException {
    try (Connection connection = source.connect()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      return row(connection, target, rows(connection, target));
    }
  }

  private static RowCounts rows(Connection connection, Target target) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CountQueries.OF_TARGET)) {
      statement.setString(1, target.type().label());
      statement.setLong(2, target.id());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        long deletedComments = row.getLong("hidden_comments");
        return new RowCounts(
            row.getLong("likes"),
            row.getLong("comments") + deletedComments,
            deletedComments,
            row.getLong("shares"));
      }
    }
  }

  private static TargetTruth row(Connection connection, Target target, RowCounts rows)
      throws SQLException {
    Target.Type type = target.type();
    String query = ROW.formatted(type.label(), DocumentQueries.one(type));
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setLong(1, target.id());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          String about = "%s %d has no row".formatted(type.label(), target.id());
          return new TargetTruth(false, rows, Map.of(), about);
        }
        Map<String, String> document =
            row.getBoolean(2) ? ServedDocuments.flat(JSON.readTree(row.getString(1))) : Map.of();
        return new TargetTruth(true, rows, document, row.getString(3));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Postgres wrote JSON that cannot be read", e);
    }
  }
}
