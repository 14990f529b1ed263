package com.shareuptime.streams.ingest.topic;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.ingest.check.StartChecks;
import com.shareuptime.streams.option.PostgresAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows whose newest change is not whole in its topic, told in {@code streams.ingest_holes} of the
 * source: ingest knows that database, and an LSN is one of its positions. A hole is told before
 * anything that follows it is written, so whoever sees a surface pass it finds it in the table. It
 * goes when a later change of the row is whole.
 */
final class Holes {
  private static final Logger LOG = LoggerFactory.getLogger(Holes.class);

  private static final String TOLD = "select table_name, row_key from streams.ingest_holes";

  /** What is repeated after a restart is the same, and never takes the place of a later one. */
  private static final String TELL =
      """
      insert into streams.ingest_holes as held
        (table_name, row_key, generation, commit_lsn, row_lsn, columns, reason)
      values (?, ?, ?, '0/0'::pg_lsn + ?, '0/0'::pg_lsn + ?, ?, ?)
      on conflict (table_name, row_key) do update
      set generation = excluded.generation, commit_lsn = excluded.commit_lsn,
          row_lsn = excluded.row_lsn, columns = excluded.columns, reason = excluded.reason,
          told_at = excluded.told_at, filled_at = null
      where (held.generation, held.commit_lsn, held.row_lsn)
          < (excluded.generation, excluded.commit_lsn, excluded.row_lsn)
      """;

  private static final String WHOLE =
      """
      delete from streams.ingest_holes
      where table_name = ? and row_key = ?
        and (generation, commit_lsn, row_lsn) < (?, '0/0'::pg_lsn + ?, '0/0'::pg_lsn + ?)
      """;
  private static final String OLDER =
      "delete from streams.ingest_holes where table_name = ? and generation < ? returning row_key";

  /** Others fill them. */
  private static final String OPEN =
      """
      select table_name, count(*) from streams.ingest_holes
      where filled_at is null group by table_name
      """;

  private final PostgresAddress database;
  private final Map<String, Set<String>> told;
  private volatile Map<String, Integer> open = Map.of();

  private Holes(PostgresAddress database, Map<String, Set<String>> told) {
    this.database = database;
    this.told = told;
  }

  /** For where no row can be one: no database is asked. */
  static Holes none() {
    return new Holes(null, new HashMap<>());
  }

  /** Reads those that have been told. */
  static Holes of(PostgresAddress database) {
    Map<String, Set<String>> told = new HashMap<>();
    try (Connection connection = StartChecks.connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(TOLD)) {
      while (row.next()) {
        told.computeIfAbsent(row.getString(1), first -> new HashSet<>()).add(row.getString(2));
      }
      Holes holes = new Holes(database, told);
      holes.count(connection);
      return holes;
    } catch (SQLException e) {
      throw StartChecks.unreachable(database, e);
    }
  }

  /** How many rows of a table are not whole, nor filled, as of the last {@link #count}. */
  int open(String entity) {
    return open.getOrDefault(entity, 0);
  }

  /** Looks how many are open; costs nothing where none was told. */
  void count() {
    if (told.values().stream().allMatch(Set::isEmpty)) {
      return;
    }
    try (Connection connection = StartChecks.connect(database)) {
      count(connection);
    } catch (SQLException e) {
      throw StartChecks.unreachable(database, e);
    }
  }

  private void count(Connection connection) throws SQLException {
    Map<String, Integer> counts = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(OPEN)) {
      while (row.next()) {
        counts.put(row.getString(1), row.getInt(2));
      }
    }
    open = counts;
  }

  /** Tells a hole; returns when it is in the table. */
  void tell(ChangeHole hole) {
    LOG.error("{} {} is not whole in its topic: {}", hole.entity(), hole.key(), hole.reason());
    try (Connection connection = StartChecks.connect(database);
        PreparedStatement statement = connection.prepareStatement(TELL)) {
      Array columns =
          hole.columns() == null
              ? null
              : connection.createArrayOf("text", hole.columns().toArray());
      statement.setString(1, hole.entity());
      statement.setString(2, hole.key());
      version(statement, 3, hole.version());
      statement.setArray(6, columns);
      statement.setString(7, hole.reason());
      statement.executeUpdate();
      count(connection);
    } catch (SQLException e) {
      throw StartChecks.unreachable(database, e);
    }
    told.computeIfAbsent(hole.entity(), first -> new HashSet<>()).add(hole.key());
  }

  private Set<String> told(String entity) {
    return told.getOrDefault(entity, Set.of());
  }

  /** Whether any row of a table is one, filled or not. */
  boolean hasTold(String entity) {
    return !told(entity).isEmpty();
  }

  boolean isTold(String entity, byte[] key) {
    Set<String> keys = told(entity);
    return !keys.isEmpty() && keys.contains(new String(key, StandardCharsets.UTF_8));
  }

  /** A row's newest change is whole, or the row is gone. */
  void whole(String entity, byte[] key, RowVersion version) {
    Set<String> keys = told(entity);
    if (keys.isEmpty()) {
      return;
    }
    String text = new String(key, StandardCharsets.UTF_8);
    if (!keys.contains(text)) {
      return;
    }
    try (Connection connection = StartChecks.connect(database);
        PreparedStatement statement = connection.prepareStatement(WHOLE)) {
      statement.setString(1, entity);
      statement.setString(2, text);
      version(statement, 3, version);
      if (statement.executeUpdate() > 0) {
        keys.remove(text);
      }
      count(connection);
    } catch (SQLException e) {
      throw StartChecks.unreachable(database, e);
    }
  }

  /** Rows that only generations before this one knew are gone. */
  void complete(String entity, long generation) {
    if (told(entity).isEmpty()) {
      return;
    }
    try (Connection connection = StartChecks.connect(database);
        PreparedStatement statement = connection.prepareStatement(OLDER)) {
      statement.setString(1, entity);
      statement.setLong(2, generation);
      try (ResultSet gone = statement.executeQuery()) {
        while (gone.next()) {
          told(entity).remove(gone.getString(1));
        }
      }
      count(connection);
    } catch (SQLException e) {
      throw StartChecks.unreachable(database, e);
    }
  }

  private static void version(PreparedStatement statement, int at, RowVersion version)
      throws SQLException {
    statement.setLong(at, version.generation());
    statement.setLong(at + 1, version.commit());
    statement.setLong(at + 2, version.lsn());
  }
}
