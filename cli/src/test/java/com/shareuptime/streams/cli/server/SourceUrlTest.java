package com.shareuptime.streams.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.contract.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceUrlTest {
  @Test
  void aUrlAsLibpqHasItIsOneOfTheDriver() {
    assertThat(
            SourceUrl.database(
                "postgresql://ann:p%40ss@db.example:6543/shop?sslmode=require", null))
        .isEqualTo(
            new Database("jdbc:postgresql://db.example:6543/shop?sslmode=require", "ann", "p@ss"));
  }

  @Test
  void theUsualPortAndThePasswordOfTheEnvironmentAreTaken() {
    assertThat(SourceUrl.database("postgres://ann@localhost/shop", "secret"))
        .isEqualTo(new Database("jdbc:postgresql://localhost:5432/shop", "ann", "secret"));
  }

  @Test
  void aUrlOfTheDriverIsTakenToo() {
    assertThat(SourceUrl.database("jdbc:postgresql://ann@localhost:5433/shop", null).url())
        .isEqualTo("jdbc:postgresql://localhost:5433/shop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://ann:geheim@db/shop",
        "postgresql://ann:geheim@/shop",
        "postgresql://ann:geheim@db",
        "postgresql://ann:ge heim@db/shop",
        "db.example"
      })
  void whatCannotBeUsedIsSaidWithoutItsPassword(String url) {
    assertThatThrownBy(() -> SourceUrl.database(url, null))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("--source cannot be used")
        .hasMessageNotContaining("geheim");
  }

  @Test
  void aUrlWithoutAUserIsRefused() {
    assertThatThrownBy(() -> SourceUrl.database("postgresql://db/shop", null))
        .hasMessageContaining("lacks the user");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://ann:geheim@db/shop",
        "postgresql://ann@db/shop?password=geheim",
        "postgresql://ann@db/shop?sslmode=require&password=geheim"
      })
  void aPasswordInAnArgumentIsRefusedWhereTheUrlIsKept(String url) {
    assertThatThrownBy(() -> SourceUrl.requireNoPassword(url))
        .isInstanceOf(CommandException.class)
        .hasToString(
            "The URL of --source has a password, which others on this machine can read there."
                + System.lineSeparator()
                + "Leave it out, and give it in the environment: read -rs PGPASSWORD && export PGPASSWORD");
    SourceUrl.requireNoPassword("postgresql://ann@db/shop?sslmode=require");
  }
}
