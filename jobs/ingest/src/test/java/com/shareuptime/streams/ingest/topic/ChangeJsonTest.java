package com.shareuptime.streams.ingest.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.ingest.mapping.EntityBranch;
import com.shareuptime.streams.ingest.mapping.TestModel;
import com.shareuptime.streams.model.CanonicalRow;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.evaluation.Absent;
import com.shareuptime.streams.model.evaluation.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

class ChangeJsonTest {
  private static final Schema SOURCE =
      SchemaBuilder.struct()
          .field("db", Schema.STRING_SCHEMA)
          .field("schema", Schema.STRING_SCHEMA)
          .field("table", Schema.STRING_SCHEMA)
          .field("ts_ms", Schema.INT64_SCHEMA)
          .build();
  private static final Schema ENVELOPE =
      SchemaBuilder.struct()
          .field("source", SOURCE)
          .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
          .build();
  private static final CatalogTable TABLE =
      TestModel.table(
          "comments",
          List.of("id"),
          "id bigint",
          "post_id bigint",
          "body text",
          "hidden boolean",
          "at time");
  private static final EntityBranch COMMENTS =
      TestModel.branches(
              "create view comments as select id, 'post' as target_type, post_id as target_id,"
                  + " body as content, hidden as is_deleted, at as created_at from comments;",
              TABLE)
          .get(0);
  private static final RowVersion VERSION = new RowVersion(1, 3, 2);

  private static Row row(Object body) {
    return Row.of(42L, 7L, body, false, 1_769_902_414_123_456L);
  }

  private static CanonicalRow computed(Row row) {
    return COMMENTS.rows().evaluate(row).orElseThrow();
  }

  private static ChangeJson json(int mostBytes) {
    return new ChangeJson(COMMENTS.entity(), mostBytes);
  }

  private static Struct envelope() {
    return new Struct(ENVELOPE)
        .put(
            "source",
            new Struct(SOURCE)
                .put("db", "shareuptime")
                .put("schema", "public")
                .put("table", "comments")
                .put("ts_ms", 11L))
        .put("ts_ms", 12L);
  }

  private static ChangedRow change(String op, Row before, boolean isWhole, Row after) {
    return new ChangedRow(
        envelope(),
        COMMENTS,
        isWhole && before != null ? computed(before) : null,
        before,
        isWhole,
        after == null ? null : computed(after),
        op,
        VERSION);
  }

  @Test
  void aKeyHasNoSpaces() throws Exception {
    byte[] key = json(1 << 20).key(COMMENTS.key(), row("x"), null);

    assertThat(text(key)).isEqualTo("{\"id\":42}");
  }

  /** A left-out column has its default; one that has none is missing. */
  @Test
  void anInsertHasNoBeforeAndTheColumnsOfTheEntityAfter() throws Exception {
    byte[] envelope =
        json(1 << 20).envelope(change("c", null, false, row("a \"quoted\" line\nand 🙂 é")));

    assertThat(text(envelope))
        .isEqualTo(
            "{\"before\":null,\"after\":{\"id\":42,\"target_type\":\"post\",\"target_id\":7,"
                + "\"content\":\"a \\\"quoted\\\" line\\nand 🙂 é\",\"amount\":1,\"is_deleted\":false,"
                + "\"created_at\":\"2026-01-31T23:33:34.123456Z\"},"
                + "\"source\":{\"connector\":\"postgresql\",\"db\":\"shareuptime\",\"schema\":\"public\","
                + "\"table\":\"comments\",\"commit\":3,\"lsn\":2,\"generation\":1,\"snapshot\":\"false\",\"ts_ms\":11},"
                + "\"op\":\"c\",\"ts_ms\":12}");
  }

  @Test
  void aRowOfTheSnapshotSaysSo() throws Exception {
    byte[] envelope = json(1 << 20).envelope(change("r", null, false, row(null)));

    assertThat(text(envelope)).contains("\"snapshot\":\"true\"", "\"content\":null");
  }

  @Test
  void aDeleteShowsOnlyTheKeyUnlessTheWholeOldRowIsKnown() throws Exception {
    Row onlyKey = Row.of(42L, null, null, null, null);

    assertThat(text(json(1 << 20).envelope(change("d", onlyKey, false, null))))
        .startsWith("{\"before\":{\"id\":42},\"after\":null,");
    assertThat(text(json(1 << 20).envelope(change("d", row(""), true, null))))
        .startsWith(
            "{\"before\":{\"id\":42,\"target_type\":\"post\",\"target_id\":7,\"content\":\"\",");
  }

  @Test
  void whatWouldBeTooLargeIsWrittenWithoutTheOldRow() throws Exception {
    ChangeJson json = json(700);

    assertThat(text(json.envelope(change("u", row("o".repeat(300)), true, row("n".repeat(300))))))
        .startsWith("{\"before\":{\"id\":42},\"after\":{")
        .contains("\"content\":\"nnn");
    assertThat(json.cut()).isEmpty();
  }

  @Test
  void whatIsStillTooLargeIsWrittenWithoutItsLongestText() throws Exception {
    ChangeJson json = json(700);

    assertThat(text(json.envelope(change("c", null, false, row("n".repeat(1000))))))
        .contains(
            "\"content\":\"__debezium_unavailable_value\\u0000\",\"amount\":1",
            "\"commit\":3",
            "\"unavailable\":\"__debezium_unavailable_value\\u0000\"");
    assertThat(json.cut()).containsExactly("content");

    json.envelope(change("c", null, false, row("short")));
    assertThat(json.cut()).isEmpty();
  }

  @Test
  void aTextThatAnUpdateLeavesAloneHasThePlaceholder() throws Exception {
    assertThat(text(json(1 << 20).envelope(change("u", null, false, row(Absent.VALUE)))))
        .contains(
            "\"content\":\"__debezium_unavailable_value\\u0000\"",
            "\"unavailable\":\"__debezium_unavailable_value\\u0000\"");
  }

  /** A reader could take it for a value that was not sent, as earlier builds wrote that. */
  @Test
  void aTextThatIsThePlaceholderOfEarlierBuildsIsWrittenWithTheOneInUse() throws Exception {
    ChangeJson json = json(1 << 20);
    String says = "\"ts_ms\":11,\"unavailable\":\"__debezium_unavailable_value\\u0000\"},\"op\"";
    Row odd = row("__debezium_unavailable_value");
    Row plain = row("plain");

    assertThat(text(json.envelope(change("c", null, false, odd))))
        .contains("\"content\":\"__debezium_unavailable_value\",", says);
    assertThat(text(json.envelope(change("u", odd, true, plain)))).contains(says);
    assertThat(text(json.envelope(change("u", plain, true, odd)))).contains(says);
    assertThat(text(json.envelope(change("u", plain, true, plain)))).doesNotContain("unavailable");
  }

  @Test
  void afterWhatCannotBeWrittenAtAllTheNextIsWrittenAsEver() throws Exception {
    ChangeJson small = json(100);

    assertThatThrownBy(() -> small.envelope(change("c", null, false, row("n"))))
        .isInstanceOf(IOException.class);
    assertThat(text(small.key(COMMENTS.key(), row("n"), null))).isEqualTo("{\"id\":42}");
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
