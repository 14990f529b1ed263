package com.shareuptime.streams.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.contract.AddressKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @Test
  void theLaterSourceWins() {
    Settings settings =
        new Settings(Map.of("a", "1", "b", "1")).overriddenBy(new Settings(Map.of("b", "2")));

    assertThat(settings.arguments()).containsExactly("--a", "1", "--b", "2");
  }

  @Test
  void aJobWithoutAFileHasNoSettings(@TempDir Path flinkConf) throws IOException {
    Files.writeString(flinkConf.resolve("counters.yaml"), "counters.mode: cdc\n");

    assertThat(Settings.ofJob(flinkConf, "counters").values())
        .containsExactly(Map.entry("counters.mode", "cdc"));
    assertThat(Settings.ofJob(flinkConf, "ingest").values()).isEmpty();
  }

  @Test
  void whatIsGivenForOneJobIsKnownFromWhatStandsInFiles() {
    Settings given =
        new Settings(Map.of("a", "1", "b", "1"))
            .given(Map.of("b", "2", "c", "3"))
            .overriddenBy(new Settings(Map.of("a", "4")));

    assertThat(given.values()).isEqualTo(Map.of("a", "4", "b", "2", "c", "3"));
    assertThat(given.given()).isEqualTo(Map.of("b", "2", "c", "3"));
  }

  @Test
  void aMissingSettingIsNamed() {
    assertThatThrownBy(() -> Settings.empty().require("kafka.bootstrap"))
        .hasMessageContaining("kafka.bootstrap");
  }

  @Test
  void aDatabaseNeverPrintsItsPassword(@TempDir Path folder) throws IOException {
    Path password = Files.writeString(folder.resolve("password"), "canary-secret\n");
    Settings settings =
        new Settings(
            Map.of(
                AddressKeys.SOURCE_URL, "jdbc:postgresql://db:5432/app",
                AddressKeys.SOURCE_USER, "reader",
                AddressKeys.SOURCE_PASSWORD_FILE, password.toString()));

    Database source = Database.source(settings);

    assertThat(source.password()).isEqualTo("canary-secret");
    assertThat(source.toString()).contains("db:5432", "reader").doesNotContain("canary");
    assertThat(settings.arguments()).doesNotContain("canary-secret");
  }
}
