package com.shareuptime.streams.contract.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
  @Test
  void aCursorIsReadBack() {
    Cursor cursor = new Cursor(1_700_000_000_123_456L, Id.of(42));
    assertThat(cursor).hasToString("1700000000123456_42");
    assertThat(Cursor.parse(cursor.toString())).isEqualTo(cursor);
    Cursor ofText = new Cursor(-5, Id.of("a_b"));
    assertThat(Cursor.parse(ofText.toString(), IdKind.TEXT)).isEqualTo(ofText);
    Cursor ofUuid = new Cursor(5, Id.ofUuid(7, 8));
    assertThat(Cursor.parse(ofUuid.toString(), IdKind.UUID)).isEqualTo(ofUuid);
    assertThatThrownBy(() -> Cursor.parse("5_7", IdKind.UUID)).hasMessageContaining("'5_7'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "_", "7", "7_", "_7", "1_2_3", "a_b", "99999999999999999999_1"})
  void whatIsNoCursorIsRefused(String text) {
    assertThatThrownBy(() -> Cursor.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'");
  }

  @Test
  void tiesAreOrderedByTheNumberOfTheId() {
    assertThat(new Cursor(5, Id.of(9)).isOlderThan(new Cursor(5, Id.of(10)))).isTrue();
    assertThat(new Cursor(5, Id.of(10)).isOlderThan(new Cursor(5, Id.of(10)))).isFalse();
    assertThat(Cursor.above(5).isOlderThan(new Cursor(6, Id.of(1)))).isTrue();
    assertThat(new Cursor(5, Id.of(Long.MAX_VALUE - 1)).isOlderThan(Cursor.above(5))).isTrue();
  }
}
