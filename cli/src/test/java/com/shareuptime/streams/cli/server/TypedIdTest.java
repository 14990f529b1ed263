package com.shareuptime.streams.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import org.junit.jupiter.api.Test;

class TypedIdTest {
  private static final String UUID = "018F6E2C-9A1B-7CDE-8F00-0123456789AB";

  @Test
  void whatIsTypedIsReadByItsKind() {
    assertThat(TypedId.read("42", IdKind.NUMBER)).isEqualTo(Id.of(42));
    assertThat(TypedId.read("42", IdKind.TEXT)).isEqualTo(Id.of("42"));
    assertThat(TypedId.read(UUID, IdKind.UUID)).hasToString("018f6e2c-9a1b-7cde-8f00-0123456789ab");
  }

  @Test
  void whatIsOfAnotherKindIsAnErrorOfUsage() {
    assertThatThrownBy(() -> TypedId.read("seven", IdKind.NUMBER))
        .hasMessageContaining("'seven' is not an id")
        .extracting(e -> ((CommandException) e).exitCode())
        .isEqualTo(CommandException.USAGE);
    assertThatThrownBy(() -> TypedId.read("42", IdKind.UUID)).hasMessageContaining("'42'");
    assertThatThrownBy(() -> TypedId.read("", IdKind.TEXT)).hasMessageContaining("''");
  }
}
