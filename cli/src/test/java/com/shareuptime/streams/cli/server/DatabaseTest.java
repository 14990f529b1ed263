package com.shareuptime.streams.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.contract.CommandException;
import java.sql.SQLException;
import java.util.Map;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.Test;

class DatabaseTest {
  private static final Database NOBODY =
      new Database("jdbc:postgresql://127.0.0.1:1/product", "reader", "secret");

  @Test
  void aDatabaseThatIsAwayIsNamedWithoutItsPassword() {
    assertThatThrownBy(() -> NOBODY.ask(handle -> handle.execute("select 1")))
        .isInstanceOfSatisfying(
            CommandException.class,
            e -> assertThat(e.exitCode()).isEqualTo(CommandException.UNREACHABLE))
        .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/product (user reader)")
        .hasMessageNotContaining("secret");
  }

  /** Jdbi's own messages have the statement and its values in them. */
  @Test
  void whatPostgresSaysIsAllThatIsSaid() {
    assertThatThrownBy(
            () ->
                Database.answer(
                    () -> {
                      throw new ConnectionException(new SQLException("no such table"));
                    },
                    e -> CommandException.wrong(e.getMessage(), "Make it.")))
        .hasMessage("no such table");
  }

  @Test
  void aPasswordInAnAddressIsRefusedAndNotShown() {
    Settings settings =
        new Settings(Map.of(AddressKeys.OPENSEARCH_URL, "http://reader:secret@localhost:9200"));
    assertThatThrownBy(() -> OpenSearch.required(settings))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(AddressKeys.OPENSEARCH_URL)
        .hasMessageNotContaining("secret");
  }
}
