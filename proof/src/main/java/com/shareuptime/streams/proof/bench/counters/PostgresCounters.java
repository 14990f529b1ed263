package com.shareuptime.streams.proof.bench.counters;

import com.shareuptime.streams.local.Addresses;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

/** The table {@code streams.counters}. */
final class PostgresCounters implements BenchSurface {
  private static final String SELECT =
      "select target_id, likes_count from streams.counters"
          + " where target_type = 'post' and deleted_at is null and ";

  private final Connection connection;
  private final Likes likes;
  private final Long[] sample;

  PostgresCounters(Addresses addresses, Likes likes, long[] sample) throws SQLException {
    this.connection = addresses.connect();
    this.likes = likes;
    this.sample = Arrays.stream(sample).boxed().toArray(Long[]::new);
  }

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public boolean sampleIsExact() {
    try (PreparedStatement select = connection.prepareStatement(SELECT + "target_id = any(?)")) {
      select.setArray(1, connection.createArrayOf("bigint", sample));
      int exact = 0;
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          exact += rows.getLong(2) == likes.expected()[(int) rows.getLong(1)] ? 1 : 0;
        }
      }
      return exact == sample.length;
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot read streams.counters", e);
    }
  }

  @Override
  public Optional<String> difference() {
    Tally tally = new Tally(likes);
    try (PreparedStatement select = connection.prepareStatement(SELECT + "target_id < ?")) {
      select.setLong(1, Trickle.POST);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          tally.serves(rows.getLong(1), rows.getLong(2));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot read streams.counters", e);
    }
    return tally.difference();
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot close a connection", e);
    }
  }
}
