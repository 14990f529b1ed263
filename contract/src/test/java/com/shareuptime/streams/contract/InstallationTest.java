package com.shareuptime.streams.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {
  @TempDir private Path folder;

  @Test
  void aCheckoutIsFoundFromAnyFolderInIt() throws IOException {
    Path kafka = Files.createDirectories(folder.resolve("local/servers/kafka"));
    Files.createFile(kafka.resolve("pom.xml"));
    Installation checkout = Installation.from(Files.createDirectories(folder.resolve("cli/src")));

    assertThat(checkout.root()).isEqualTo(folder);
    assertThat(checkout.isCheckout()).isTrue();
    assertThat(checkout.jobJar("feeds")).isEqualTo(folder.resolve("jobs/feeds/target/feeds.jar"));
  }

  @Test
  void anImageHasTheSettingsAndTheJarsSideBySide() throws IOException {
    Files.createDirectories(folder.resolve("flink-conf"));
    Installation image = Installation.from(folder);

    assertThat(image.isCheckout()).isFalse();
    assertThat(image.jobJar("feeds")).isEqualTo(folder.resolve("jobs/feeds.jar"));
    assertThat(image.flinkConf()).isEqualTo(folder.resolve("flink-conf"));
  }

  @Test
  void anyOtherFolderIsRefused() {
    assertThatThrownBy(() -> Installation.from(folder))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("not inside the project");
  }
}
