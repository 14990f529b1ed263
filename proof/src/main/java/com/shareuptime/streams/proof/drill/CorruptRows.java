package com.shareuptime.streams.proof.drill;

import com.shareuptime.streams.local.Addresses;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Counters in Postgres: changed, deleted, and added for posts that are not. */
final class CorruptRows implements Corruption {
  /** What is said of a row {@code c}; another after each write of its owner. */
  static final String STATE = "c.likes_count || '/' || c.version";

  private static final String CHANGE =
      "update streams.counters c set likes_count = likes_count + "
          + STEP
          + " where target_type = ? and target_id = ? returning "
          + STATE;
  private static final String DELETE =
      "delete from streams.counters where target_type = ? and target_id = ? returning '"
          + ABSENT
          + "'";
  private static final String ADD =
      "insert into streams.counters as c (target_type, target_id, likes_count, version)"
          + " values (?, ?, 3, 1) returning "
          + STATE;
  private static final String READ =
      "select " + STATE + " from streams.counters c where target_type = ? and target_id = ?";

  private final Connection connection;
  private final Targets targets;

  CorruptRows(Addresses addresses) throws SQLException {
    this.connection = addresses.connect();
    this.targets = new Targets(connection);
  }

  Connection connection() {
    return connection;
  }

  @Override
  public String surface() {
    return "counters.postgres";
  }

  @Override
  public List<CorruptEntry> spoil(int rows, SplittableRandom random) throws SQLException {
    List<CorruptEntry> spoiled = new ArrayList<>();
    for (String target : targets.counted(rows * 2 / 3, random)) {
      execute(spoiled, random.nextBoolean() ? CHANGE : DELETE, target);
    }
    for (long added = 0; spoiled.size() < rows; added++) {
      execute(spoiled, ADD, "post:" + (FIRST_UNUSED + added));
    }
    return spoiled;
  }

  private void execute(List<CorruptEntry> spoiled, String sql, String target) throws SQLException {
    String left = ask(sql, target);
    if (left != null) {
      spoiled.add(new CorruptEntry(surface(), target, left));
    }
  }

  private String ask(String sql, String key) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, CorruptEntry.type(key));
      statement.setLong(2, CorruptEntry.id(key));
      try (ResultSet answer = statement.executeQuery()) {
        return answer.next() ? answer.getString(1) : null;
      }
    }
  }

  @Override
  public String read(CorruptEntry row) throws SQLException {
    String now = ask(READ, row.key());
    return now == null ? ABSENT : now;
  }

  @Override
  public boolean isStillWrong(CorruptEntry row) throws SQLException {
    return row.id() >= FIRST_UNUSED || targets.isLiked(row.key());
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
