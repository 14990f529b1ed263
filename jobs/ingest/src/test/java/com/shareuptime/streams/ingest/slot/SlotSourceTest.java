package com.shareuptime.streams.ingest.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.ingest.IngestOptions;
import com.shareuptime.streams.option.ConnectionOptions;
import com.shareuptime.streams.option.OptionException;
import java.util.List;
import java.util.Properties;
import org.apache.flink.cdc.connectors.postgres.source.config.PostgresSourceConfig;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class SlotSourceTest {
  private static PostgresSourceConfig config(String url) {
    Configuration options = new Configuration();
    options.set(ConnectionOptions.SOURCE_URL, url);
    options.set(ConnectionOptions.SOURCE_PASSWORD_FILE, "/dev/null");
    return SlotSource.config(IngestOptions.of(options), List.of()).create(0);
  }

  @Test
  void whatTheUrlSaysOfConnectionsHoldsForThoseOfTheSlotAndTheSnapshot() {
    PostgresSourceConfig config =
        config("jdbc:postgresql://db:5433/product?sslmode=verify-full&sslrootcert=/ca.pem");
    assertThat(config.getHostname()).isEqualTo("db");
    assertThat(config.getPort()).isEqualTo(5433);
    Properties driver = config.getDbzConnectorConfig().getJdbcConfig().asProperties();
    assertThat(driver)
        .containsEntry("sslmode", "verify-full")
        .containsEntry("sslrootcert", "/ca.pem")
        .containsEntry("hostname", "db")
        .containsEntry("dbname", "product")
        .doesNotContainKeys("PGHOST", "PGPORT", "PGDBNAME");
  }

  @Test
  void aUrlThatNamesNoSingleServerIsRefused() {
    assertThatThrownBy(() -> config("jdbc:postgresql://one,two/product"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("names several servers");
    assertThatThrownBy(() -> config("jdbc:mysql://one/product"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("is not a URL of Postgres");
  }
}
