package com.shareuptime.streams.archive.sink;

import com.shareuptime.streams.option.PostgresAddress;
import java.util.Properties;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions.JdbcConnectionOptionsBuilder;
import org.apache.flink.connector.jdbc.datasource.connections.SimpleJdbcConnectionProvider;
import org.postgresql.Driver;

/** Logs in with what the password's file holds then; the job graph has no secret. */
final class PostgresConnections extends SimpleJdbcConnectionProvider {
  private static final long serialVersionUID = 1L;

  private final PostgresAddress address;

  PostgresConnections(PostgresAddress address) {
    super(
        new JdbcConnectionOptionsBuilder()
            .withUrl(address.url())
            .withDriverName(Driver.class.getName())
            .build());
    this.address = address;
  }

  @Override
  public Properties getProperties() {
    return address.properties();
  }
}
