package com.shareuptime.streams.counters.sink;

import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.counters.trending.Ranking;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.sink.postgres.ConnectedWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;

/** Replaces a ranked list in {@code streams.trending} as a whole, unless it holds a later one. */
final class RankingWriter extends ConnectedWriter<Ranking> {
  private static final long serialVersionUID = 1L;

  private final IdKind ids;

  /**
   * @param ids of the table
   */
  RankingWriter(PostgresAddress address, IdKind ids) {
    super(address);
    this.ids = ids;
  }

  @Override
  protected List<Rejection<Ranking>> write(Connection connection, List<Ranking> batch)
      throws SQLException {
    connection.setAutoCommit(false);
    for (Ranking ranking : batch) {
      replace(connection, ranking);
    }
    connection.commit();
    return List.of();
  }

  private void replace(Connection connection, Ranking ranking) throws SQLException {
    Timestamp computedAt = new Timestamp(ranking.computedAt());
    try (PreparedStatement old =
            connection.prepareStatement(
                "delete from streams.trending where list = ? and computed_at <= ?");
        PreparedStatement entry =
            connection.prepareStatement(
                "insert into streams.trending"
                    + " (list, rank, target_type, target_id, score, computed_at)"
                    + " select ?, ?, ?, ?, ?, ? where not exists"
                    + " (select from streams.trending where list = ? and computed_at > ?)")) {
      old.setString(1, ranking.list().label());
      old.setTimestamp(2, computedAt);
      old.executeUpdate();
      int rank = 0;
      for (Ranking.Entry of : ranking.entries()) {
        entry.setString(1, ranking.list().label());
        entry.setInt(2, ++rank);
        entry.setString(3, ranking.list().type().label());
        entry.setObject(4, ids.sql(of.id()));
        entry.setDouble(5, of.score());
        entry.setTimestamp(6, computedAt);
        entry.setString(7, ranking.list().label());
        entry.setTimestamp(8, computedAt);
        entry.addBatch();
      }
      entry.executeBatch();
    }
  }
}
