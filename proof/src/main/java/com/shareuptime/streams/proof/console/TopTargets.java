package com.shareuptime.streams.proof.console;

import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.truth.CountQueries;
import com.shareuptime.streams.contract.truth.CountedTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The most liked targets that exist, and their true counts. Ranks anew now and then, as that reads
 * all likes.
 */
final class TopTargets {
  private static final int SHOWN = 10;
  private static final int RANK_EVERY = 15;
  private static final String RANKING =
      """
      select target_type, target_id
      from (%s) liked join (%s) there using (target_type, target_id)
      order by n desc, target_id
      limit %d
      """
          .formatted(CountedTable.ALL.get(0).byTarget(), CountQueries.TARGETS, SHOWN);

  private List<Target> ranked = List.of();
  private int asked;

  Map<Target, Counts> read(Connection connection) throws SQLException {
    if (ranked.isEmpty() || asked++ % RANK_EVERY == 0) {
      ranked = rank(connection);
    }
    Map<Target, Counts> truth = new LinkedHashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(CountQueries.OF_TARGET)) {
      for (Target target : ranked) {
        statement.setString(1, target.type().label());
        statement.setLong(2, target.id());
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          truth.put(target, Counts.of(kind -> row.getLong(kind.text())));
        }
      }
    }
    return truth;
  }

  private static List<Target> rank(Connection connection) throws SQLException {
    List<Target> targets = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(RANKING);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        targets.add(
            new Target(Target.Type.labelled(row.getString(1)).orElseThrow(), row.getLong(2)));
      }
    }
    return targets;
  }
}
