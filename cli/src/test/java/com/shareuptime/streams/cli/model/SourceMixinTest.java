package com.shareuptime.streams.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.contract.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceMixinTest {
  @Test
  void aUrlAsLibpqHasItIsOneOfTheDriver() {
    assertThat(SourceMixin.of("postgresql://ann:p%40ss@db.example:6543/shop?sslmode=require", null))
        .isEqualTo(
            new Database("jdbc:postgresql://db.example:6543/shop?sslmode=require", "ann", "p@ss"));
  }

  @Test
  void theUsualPortAndThePasswordOfTheEnvironmentAreTaken() {
    assertThat(SourceMixin.of("postgres://ann@localhost/shop", "secret"))
        .isEqualTo(new Database("jdbc:postgresql://localhost:5432/shop", "ann", "secret"));
  }

  @Test
  void aUrlOfTheDriverIsTakenToo() {
    assertThat(SourceMixin.of("jdbc:postgresql://ann@localhost:5433/shop", null).url())
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
    assertThatThrownBy(() -> SourceMixin.of(url, null))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("--source cannot be used")
        .hasMessageNotContaining("geheim");
  }

  @Test
  void aUrlWithoutAUserIsRefused() {
    assertThatThrownBy(() -> SourceMixin.of("postgresql://db/shop", null))
        .hasMessageContaining("lacks the user");
  }
}
