package com.shareuptime.streams.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServedDocumentsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource({
    "2026-11-29T08:43:34.123Z, 1795941814123000",
    "1969-12-31T23:59:59.999Z, -1000",
    "-0043-03-15T12:00:00Z, -63517780800000000",
    "9999-12-31T23:59:59.999Z, 253402300799999000",
    "+294247-01-10T04:00:54.775Z, 9223372036854775000"
  })
  void aDocumentMayBeOfAnyYear(String time, String micros) throws Exception {
    assertThat(ServedDocuments.flat(JSON.readTree("{\"created_at\":\"" + time + "\"}")))
        .containsEntry("created_at", micros);
  }

  @Test
  void fieldsAreNamedByTheirPaths() throws Exception {
    assertThat(ServedDocuments.flat(JSON.readTree("{\"author\":{\"id\":7},\"content\":\"c\"}")))
        .containsEntry("author.id", "7")
        .containsEntry("content", "c");
  }
}
