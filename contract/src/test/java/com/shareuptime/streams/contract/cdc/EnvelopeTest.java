package com.shareuptime.streams.contract.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.shareuptime.streams.contract.cdc.Envelope.Source;
import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Readers in other languages know it as it stands here. */
class EnvelopeTest {
  @Test
  void aChangeTellsItsRowAndWhereItComesFrom() throws IOException {
    assertThat(
            written(
                "{\"id\":7}", new Source("shop", "public", "posts", 300, 200, 1, 5_000, null), "u"))
        .isEqualTo(
            """
            {"before":null,"after":{"id":7},"source":{"connector":"postgresql","db":"shop",\
            "schema":"public","table":"posts","commit":300,"lsn":200,"generation":1,\
            "snapshot":"false","ts_ms":5000},"op":"u","ts_ms":6000}\
            """);
  }

  @Test
  void aRowOfASnapshotSaysSoAndAPlaceholderIsNamed() throws IOException {
    assertThat(written("null", new Source("shop", "public", "posts", 0, 0, 1, 5_000, "none"), "r"))
        .isEqualTo(
            """
            {"before":null,"after":null,"source":{"connector":"postgresql","db":"shop",\
            "schema":"public","table":"posts","commit":0,"lsn":0,"generation":1,\
            "snapshot":"true","ts_ms":5000,"unavailable":"none"},"op":"r","ts_ms":6000}\
            """);
  }

  private static String written(String after, Source source, String op) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      Envelope.begin(json);
      json.writeNull();
      Envelope.after(json);
      json.writeRawValue(after);
      Envelope.end(json, source, op, 6_000);
    }
    return text.toString();
  }
}
