package com.shareuptime.streams.client;

import com.shareuptime.streams.contract.IdKinds;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;

/** What reads ids of the kinds that a database has: it is asked at the first read. */
final class OfKinds<T> {
  /** How a database is asked. */
  interface Question {
    IdKinds ask(Connection connection) throws SQLException;
  }

  private final DataSource database;
  private final Question question;
  private final Function<IdKinds, T> reader;
  private volatile T known;

  OfKinds(DataSource database, Question question, Function<IdKinds, T> reader) {
    this.database = database;
    this.question = question;
    this.reader = reader;
  }

  T get() throws SQLException {
    T made = known;
    if (made == null) {
      IdKinds kinds;
      try (Connection connection = database.getConnection()) {
        kinds = question.ask(connection);
      }
      made = reader.apply(kinds);
      known = made;
    }
    return made;
  }

  /** The next read asks again: {@code migrate} may have come only after the last. */
  void forget() {
    known = null;
  }
}
