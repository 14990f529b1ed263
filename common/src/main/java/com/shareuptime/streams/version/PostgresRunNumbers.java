package com.shareuptime.streams.version;

import com.shareuptime.streams.option.PostgresAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;

/** Run numbers from the sequence {@code streams.run_numbers} of the sink database. */
public record PostgresRunNumbers(PostgresAddress database) implements RunNumbers {

  @Override
  public long next() throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select nextval('streams.run_numbers')")) {
      row.next();
      return row.getLong(1);
    }
  }
}
