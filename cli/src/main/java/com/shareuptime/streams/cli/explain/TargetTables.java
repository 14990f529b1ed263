package com.shareuptime.streams.cli.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.contract.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** The product's tables, asked for one post or reel. */
record TargetTables(Database source) {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String COUNTS =
      """
      select (select count(*) from public.likes where target_type = ? and target_id = ?),
             c.there, c.deleted,
             (select count(*) from public.shares where ? = 'post' and post_id = ?)
      from (select count(*) as there, count(*) filter (where is_deleted) as deleted
            from public.comments where target_type = ? and target_id = ?) c
      """;

  private static final String ROW =
      """
      select jsonb_build_object(
               'id', d.id, 'author.id', u.id, 'author.username', u.username,
               'author.display_name', u.display_name, 'author.avatar_url', u.avatar_url,
               'author.is_verified', u.is_verified, '%2$s', d.%2$s, 'visibility', d.visibility,
               'created_at', (case d.created_at when 'infinity' then 9223372036854775807 when '-infinity' then -9223372036854775808
                                   else least(extract(epoch from d.created_at) * 1000000, 9223372036854775806) end)::bigint,
               'updated_at', (case d.updated_at when 'infinity' then 9223372036854775807 when '-infinity' then -9223372036854775808
                                   else least(extract(epoch from d.updated_at) * 1000000, 9223372036854775806) end)::bigint)::text,
             not d.is_deleted and u.is_active,
             format('%3$s %%s of user %%s (%%s%%s), %%s%%s, written %%s, changed %%s', d.id, u.id,
                    u.username, case when u.is_active then '' else ', inactive' end, d.visibility,
                    case when d.is_deleted then ', deleted' else '' end,
                    d.created_at, d.updated_at)
      from public.%1$s d join public.users u on u.id = d.author_id where d.id = ?
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
    try (PreparedStatement statement = connection.prepareStatement(COUNTS)) {
      for (int parameter = 1; parameter < 6; parameter += 2) {
        statement.setString(parameter, target.type().label());
        statement.setLong(parameter + 1, target.id());
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new RowCounts(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
      }
    }
  }

  private static TargetTruth row(Connection connection, Target target, RowCounts rows)
      throws SQLException {
    Target.Type type = target.type();
    String query = ROW.formatted(type.table(), type.textColumn(), type.label());
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
