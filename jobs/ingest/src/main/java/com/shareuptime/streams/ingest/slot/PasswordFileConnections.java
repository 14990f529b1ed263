package com.shareuptime.streams.ingest.slot;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import org.apache.flink.cdc.connectors.base.config.JdbcSourceConfig;
import org.apache.flink.cdc.connectors.postgres.source.PostgresConnectionPoolFactory;

/** The connector's connection pool, with the password taken from its file. */
final class PasswordFileConnections extends PostgresConnectionPoolFactory {
  private final Map<String, String> password;

  PasswordFileConnections(Map<String, String> password) {
    this.password = password;
  }

  @Override
  public HikariDataSource createPooledDataSource(JdbcSourceConfig config) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("ingest-" + config.getHostname() + ":" + config.getPort());
    pool.setJdbcUrl(getJdbcUrl(config));
    pool.setUsername(config.getUsername());
    pool.setMinimumIdle(0); // a finished job keeps no connection
    pool.setMaximumPoolSize(config.getConnectionPoolSize());
    pool.setConnectionTimeout(config.getConnectTimeout().toMillis());
    pool.setIdleTimeout(10_000);
    pool.setDriverClassName(config.getDriverClassName());
    pool.setInitializationFailTimeout(-1); // the server may be away just now
    password.forEach(pool::addDataSourceProperty);
    pool.addDataSourceProperty("tcpKeepAlive", "true");
    return new HikariDataSource(pool);
  }
}
