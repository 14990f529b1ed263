package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.traffic.Outage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The table {@code streams.counters}. */
public final class PostgresSurface implements CounterSurface {
  public static final String NAME = "counters.postgres";

  private static final String COLUMNS =
      "select c.target_type, c.target_id, c.version, c.deleted_at is not null, "
          + CounterKind.ALL.stream()
              .map(kind -> "c." + kind.column())
              .collect(Collectors.joining(", "))
          + " from streams.counters c ";
  private static final String OF_TARGETS =
      COLUMNS
          + "join unnest(?::text[], ?::bigint[]) as wanted (target_type, target_id)"
          + " using (target_type, target_id)";
  private static final String PROGRESS =
      "select visible_lsn from streams.pipeline_progress where surface = ?";

  private final Addresses addresses;
  private Connection connection;

  public PostgresSurface(Addresses addresses) {
    this.addresses = addresses;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Lsn progress() {
    return progressOf(NAME);
  }

  /** The progress of any surface, as Postgres tells it. */
  Lsn progressOf(String surface) {
    return ask(
        open -> {
          try (PreparedStatement statement = open.prepareStatement(PROGRESS)) {
            statement.setString(1, surface);
            try (ResultSet row = statement.executeQuery()) {
              String lsn = row.next() ? row.getString(1) : null;
              return lsn == null ? Lsn.NONE : Lsn.parse(lsn);
            }
          }
        });
  }

  @Override
  public Map<Target, Served> read(Collection<Target> targets) {
    return ask(
        open -> {
          try (PreparedStatement statement = open.prepareStatement(OF_TARGETS)) {
            Object[] types = targets.stream().map(target -> target.type().label()).toArray();
            Object[] ids = targets.stream().map(Target::id).toArray();
            statement.setArray(1, open.createArrayOf("text", types));
            statement.setArray(2, open.createArrayOf("bigint", ids));
            return rows(statement);
          }
        });
  }

  @Override
  public Map<Target, Served> readAll() {
    return ask(
        open -> {
          try (PreparedStatement statement = open.prepareStatement(COLUMNS)) {
            return rows(statement);
          }
        });
  }

  private static Map<Target, Served> rows(PreparedStatement statement) throws SQLException {
    Map<Target, Served> served = new HashMap<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        Target.Type type = Target.Type.labelled(row.getString(1)).orElseThrow();
        served.put(
            new Target(type, row.getLong(2)),
            new Served(
                Counts.of(kind -> row.getLong(5 + kind.ordinal())),
                row.getLong(3),
                row.getBoolean(4)));
      }
    }
    return served;
  }

  @FunctionalInterface
  public interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  /** Any other question to the same server, on the same connection. */
  public <T> T ask(Question<T> question) {
    try {
      if (connection == null) {
        connection = addresses.connect();
      }
      return question.ask(connection);
    } catch (SQLException e) {
      close();
      if (Outage.isOne(e)) {
        throw new SurfaceAwayException("Postgres", e);
      }
      throw new IllegalStateException("Postgres refuses to answer: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        // closing is all that was wanted of it
      }
      connection = null;
    }
  }
}
