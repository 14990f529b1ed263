package com.shareuptime.streams.cli.feed;

import com.shareuptime.streams.cli.server.ControlTopic;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.control.ControlMessage;
import com.shareuptime.streams.contract.control.ControlMessage.RebuildFeed;
import com.shareuptime.streams.contract.control.ControlMessage.RebuildTimeline;
import com.shareuptime.streams.contract.truth.UserQueries;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Sends requests to the feeds job, and makes sure that they have arrived in Kafka. */
record Rebuilds(Settings settings) {
  private static final int ROWS = 10_000;

  /** How many were asked for. */
  record Sent(long feeds, long timelines) {}

  Sent user(Id user) {
    PageTruth.requireUser(Database.source(settings), user);
    new ControlTopic(settings).send(List.of(new RebuildFeed(user)));
    return new Sent(1, 0);
  }

  /**
   * Timelines first: a feed that pulls is of no use without them. Who has followers and no posts is
   * an author too: if pulled, an empty timeline must say that it is whole.
   */
  Sent all() {
    return new ControlTopic(settings)
        .send(
            messages -> {
              long timelines = each(UserQueries.AUTHOR_IDS, RebuildTimeline::new, messages);
              long feeds = each(UserQueries.IDS, RebuildFeed::new, messages);
              return new Sent(feeds, timelines);
            });
  }

  private long each(
      String ids, Function<Id, ControlMessage> request, Consumer<ControlMessage> messages) {
    return Database.source(settings)
        .ask(
            handle ->
                // without a transaction the driver would fetch all rows at once
                handle.inTransaction(
                    one ->
                        one.createQuery(ids).setFetchSize(ROWS).mapTo(Id.class).stream()
                            .mapToLong(
                                id -> {
                                  messages.accept(request.apply(id));
                                  return 1;
                                })
                            .sum()));
  }
}
