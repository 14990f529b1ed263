package com.shareuptime.streams.cli.feed;

import com.shareuptime.streams.cli.server.ControlTopic;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.control.ControlMessage;
import com.shareuptime.streams.contract.control.ControlMessage.RebuildFeed;
import com.shareuptime.streams.contract.control.ControlMessage.RebuildTimeline;
import com.shareuptime.streams.contract.truth.UserQueries;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** Sends requests to the feeds job, and makes sure that they have arrived in Kafka. */
record Rebuilds(Settings settings) {
  private static final int ROWS = 10_000;

  /** How many were asked for. */
  record Sent(long feeds, long timelines) {}

  Sent user(long user) throws SQLException {
    PageTruth tables = new PageTruth(Database.source(settings).dataSource());
    tables.requireUser(user);
    return sending(
        requests -> {
          requests.accept(new RebuildFeed(user));
          return new Sent(1, 0);
        });
  }

  /**
   * Timelines first: a feed that pulls is of no use without them. Who has followers and no posts is
   * an author too: if pulled, an empty timeline must say that it is whole.
   */
  Sent all() throws SQLException {
    return sending(
        requests -> {
          long timelines = each(UserQueries.AUTHOR_IDS, RebuildTimeline::new, requests);
          long feeds = each(UserQueries.IDS, RebuildFeed::new, requests);
          return new Sent(feeds, timelines);
        });
  }

  private long each(
      String ids, LongFunction<ControlMessage> request, Consumer<ControlMessage> requests)
      throws SQLException {
    long count = 0;
    try (Connection connection = Database.source(settings).connect();
        Statement statement = connection.createStatement()) {
      // without a transaction the driver would fetch all rows at once
      connection.setAutoCommit(false);
      statement.setFetchSize(ROWS);
      try (ResultSet row = statement.executeQuery(ids)) {
        while (row.next()) {
          requests.accept(request.apply(row.getLong(1)));
          count++;
        }
      }
    }
    return count;
  }

  private Sent sending(ControlTopic.Sending<Sent, SQLException> sending) throws SQLException {
    return new ControlTopic(settings).send(sending);
  }
}
