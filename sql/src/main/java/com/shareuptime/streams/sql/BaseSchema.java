package com.shareuptime.streams.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The product's own tables, for local stacks and tests. Safe to repeat; what exists is left alone.
 */
public final class BaseSchema {
  private BaseSchema() {}

  /** Creates what is missing, all in one transaction. */
  public static void apply(String jdbcUrl, String user, String password) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(script());
      connection.commit();
    }
  }

  private static String script() {
    try (InputStream in = BaseSchema.class.getResourceAsStream("base-schema.sql")) {
      if (in == null) {
        throw new IllegalStateException(
            "base-schema.sql is not on the class path beside " + BaseSchema.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read base-schema.sql", e);
    }
  }
}
