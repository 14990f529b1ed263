package com.shareuptime.streams.search.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A document under a name that no write of its row would take is never overwritten. */
class KnownDocumentsTest {
  private static final String UUID = "c0ffee00-0000-4000-8000-0000000000ff";

  @Test
  void theNameOfADocumentIsItsIdAsItIsSpelled() {
    assertThat(KnownDocuments.id("42", IdKind.NUMBER)).contains(Id.of(42));
    assertThat(KnownDocuments.id("42", IdKind.TEXT)).contains(Id.of("42"));
    assertThat(KnownDocuments.id(UUID, IdKind.UUID)).contains(Id.of(UUID));
    assertThat(KnownDocuments.id("at://ü:1", IdKind.TEXT)).contains(Id.of("at://ü:1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "+1", "01", "1.0", "x", "", "9223372036854775808", UUID})
  void anotherNameIsOfNoNumber(String name) {
    assertThat(KnownDocuments.id(name, IdKind.NUMBER)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"42", "C0FFEE00-0000-4000-8000-0000000000FF", UUID + "0"})
  void anotherNameIsOfNoUuid(String name) {
    assertThat(KnownDocuments.id(name, IdKind.UUID)).isEmpty();
  }
}
