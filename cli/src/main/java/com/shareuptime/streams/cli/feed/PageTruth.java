package com.shareuptime.streams.cli.feed;

import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.truth.FeedQueries;
import com.shareuptime.streams.contract.truth.UserQueries;
import java.util.List;

/** The truth that a page is compared with: apart from the reader's own queries, and slower. */
public record PageTruth(Database source, IdKinds kinds) {
  void requireUser(Id user) {
    requireUser(source, user);
  }

  static void requireUser(Database source, Id user) {
    if (source
        .ask(handle -> handle.select(UserQueries.EXISTS, user).mapTo(Id.class).findOne())
        .isEmpty()) {
      throw noUser(user);
    }
  }

  public static CommandException noUser(Id user) {
    return CommandException.usage(
        "There is no user " + user + ".", "Give the id of a row of public.users.");
  }

  List<Id> page(Id user, int page, int size) {
    String query = FeedQueries.page(kinds);
    return source.ask(
        handle -> handle.select(query, user, size, (page - 1L) * size).mapTo(Id.class).list());
  }
}
