package com.shareuptime.streams.ingest.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.cdc.RowVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

class ChangeJsonTest {
  private static final Schema KEY =
      SchemaBuilder.struct()
          .field("target_type", Schema.STRING_SCHEMA)
          .field("target_id", Schema.INT64_SCHEMA)
          .build();
  private static final Schema ROW =
      SchemaBuilder.struct()
          .optional()
          .field("target_type", Schema.STRING_SCHEMA)
          .field("target_id", Schema.INT64_SCHEMA)
          .field("content", Schema.OPTIONAL_STRING_SCHEMA)
          .field("likes", Schema.INT32_SCHEMA)
          .field("hidden", Schema.BOOLEAN_SCHEMA)
          .build();
  private static final Schema SOURCE =
      SchemaBuilder.struct()
          .field("db", Schema.STRING_SCHEMA)
          .field("schema", Schema.STRING_SCHEMA)
          .field("table", Schema.STRING_SCHEMA)
          .field("ts_ms", Schema.INT64_SCHEMA)
          .build();
  private static final Schema ENVELOPE =
      SchemaBuilder.struct()
          .field("before", ROW)
          .field("after", ROW)
          .field("source", SOURCE)
          .field("op", Schema.STRING_SCHEMA)
          .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
          .build();

  @Test
  void aKeyHasItsColumnsInOrderAndNoSpaces() throws Exception {
    byte[] key =
        new ChangeJson(false, 1 << 20)
            .key(new Struct(KEY).put("target_type", "post").put("target_id", 42L));

    assertThat(text(key)).isEqualTo("{\"target_type\":\"post\",\"target_id\":42}");
  }

  @Test
  void anInsertHasNoBeforeAndEveryColumnAfter() throws Exception {
    Struct row = row("a \"quoted\" line\nand 🙂 é", 3, true);

    byte[] envelope =
        new ChangeJson(false, 1 << 20)
            .envelope(envelope(null, row), KEY, "c", new RowVersion(5L << 20, 99, 77));

    assertThat(text(envelope))
        .isEqualTo(
            "{\"before\":null,\"after\":{\"target_type\":\"post\",\"target_id\":42,"
                + "\"content\":\"a \\\"quoted\\\" line\\nand 🙂 é\",\"likes\":3,\"hidden\":true},"
                + "\"source\":{\"connector\":\"postgresql\",\"db\":\"shareuptime\",\"schema\":\"public\","
                + "\"table\":\"likes\",\"commit\":99,\"lsn\":77,\"generation\":5242880,\"snapshot\":\"false\",\"ts_ms\":11},"
                + "\"op\":\"c\",\"ts_ms\":12}");
  }

  @Test
  void aRowOfTheSnapshotSaysSo() throws Exception {
    byte[] envelope =
        new ChangeJson(false, 1 << 20)
            .envelope(envelope(null, row(null, 0, false)), KEY, "r", new RowVersion(1, 0));

    assertThat(text(envelope)).contains("\"snapshot\":\"true\"", "\"content\":null");
  }

  @Test
  void aDeleteShowsOnlyTheKeyUnlessTheWholeOldRowIsKnown() throws Exception {
    Struct envelope = envelope(row("", 0, false), null);

    assertThat(
            text(
                new ChangeJson(false, 1 << 20)
                    .envelope(envelope, KEY, "d", new RowVersion(1, 3, 2))))
        .startsWith("{\"before\":{\"target_type\":\"post\",\"target_id\":42},\"after\":null,");
    assertThat(
            text(
                new ChangeJson(true, 1 << 20)
                    .envelope(envelope, KEY, "d", new RowVersion(1, 3, 2))))
        .startsWith(
            "{\"before\":{\"target_type\":\"post\",\"target_id\":42,\"content\":\"\",\"likes\":0,\"hidden\":false},");
  }

  @Test
  void aTableThatGetsAColumnIsWrittenInItsNewShape() throws Exception {
    ChangeJson json = new ChangeJson(false, 1 << 20);
    json.key(new Struct(KEY).put("target_type", "post").put("target_id", 1L));
    Schema wider =
        SchemaBuilder.struct()
            .field("target_type", Schema.STRING_SCHEMA)
            .field("target_id", Schema.INT64_SCHEMA)
            .field("region", Schema.STRING_SCHEMA)
            .build();

    byte[] key =
        json.key(
            new Struct(wider).put("target_type", "post").put("target_id", 1L).put("region", "eu"));

    assertThat(text(key)).isEqualTo("{\"target_type\":\"post\",\"target_id\":1,\"region\":\"eu\"}");
  }

  @Test
  void whatWouldBeTooLargeIsWrittenWithoutTheOldRow() throws Exception {
    ChangeJson json = new ChangeJson(true, 700);
    Struct envelope = envelope(row("o".repeat(300), 0, false), row("n".repeat(300), 1, true));

    assertThat(text(json.envelope(envelope, KEY, "u", new RowVersion(1, 3, 2))))
        .startsWith("{\"before\":{\"target_type\":\"post\",\"target_id\":42},\"after\":{")
        .contains("\"content\":\"nnn");
    assertThat(json.cut()).isEmpty();
  }

  @Test
  void whatIsStillTooLargeIsWrittenWithoutItsLongestText() throws Exception {
    ChangeJson json = new ChangeJson(true, 700);
    Struct envelope = envelope(null, row("n".repeat(1000), 1, true));

    assertThat(text(json.envelope(envelope, KEY, "c", new RowVersion(1, 3, 2))))
        .contains(
            "\"content\":\"__debezium_unavailable_value\\u0000\",\"likes\":1,\"hidden\":true",
            "\"commit\":3",
            "\"unavailable\":\"__debezium_unavailable_value\\u0000\"");
    assertThat(json.cut()).containsExactly("content");

    json.envelope(envelope(null, row("short", 1, true)), KEY, "c", new RowVersion(1, 3, 2));
    assertThat(json.cut()).isEmpty();
  }

  /** A reader could take it for a value that was not sent, as earlier builds wrote that. */
  @Test
  void aTextThatIsThePlaceholderOfEarlierBuildsIsWrittenWithTheOneInUse() throws Exception {
    ChangeJson json = new ChangeJson(true, 1 << 20);
    String says = "\"ts_ms\":11,\"unavailable\":\"__debezium_unavailable_value\\u0000\"},\"op\"";
    Struct odd = row("__debezium_unavailable_value", 1, true);
    Struct plain = row("plain", 1, true);
    RowVersion version = new RowVersion(1, 3, 2);

    assertThat(text(json.envelope(envelope(null, odd), KEY, "c", version)))
        .contains("\"content\":\"__debezium_unavailable_value\",", says);
    assertThat(text(json.envelope(envelope(odd, plain), KEY, "u", version))).contains(says);
    assertThat(text(json.envelope(envelope(plain, odd), KEY, "u", version))).contains(says);
    assertThat(text(json.envelope(envelope(plain, plain), KEY, "u", version)))
        .doesNotContain("unavailable");
  }

  @Test
  void afterWhatCannotBeWrittenAtAllTheNextIsWrittenAsEver() throws Exception {
    ChangeJson small = new ChangeJson(true, 100);
    Struct envelope = envelope(null, row("n", 1, true));

    assertThatThrownBy(() -> small.envelope(envelope, KEY, "c", new RowVersion(1, 3, 2)))
        .isInstanceOf(IOException.class);
    assertThat(text(small.key(new Struct(KEY).put("target_type", "post").put("target_id", 42L))))
        .isEqualTo("{\"target_type\":\"post\",\"target_id\":42}");
  }

  private static Struct row(String content, int likes, boolean hidden) {
    return new Struct(ROW)
        .put("target_type", "post")
        .put("target_id", 42L)
        .put("content", content)
        .put("likes", likes)
        .put("hidden", hidden);
  }

  private static Struct envelope(Struct before, Struct after) {
    return new Struct(ENVELOPE)
        .put("before", before)
        .put("after", after)
        .put(
            "source",
            new Struct(SOURCE)
                .put("db", "shareuptime")
                .put("schema", "public")
                .put("table", "likes")
                .put("ts_ms", 11L))
        .put("op", "c")
        .put("ts_ms", 12L);
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
