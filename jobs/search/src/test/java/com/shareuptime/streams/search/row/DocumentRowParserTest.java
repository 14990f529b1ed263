package com.shareuptime.streams.search.row;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.cdc.Unlogged;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.document.AuthorRow;
import com.shareuptime.streams.search.document.DocumentRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DocumentRowParserTest {
  private static final String EARLIER = "__debezium_unavailable_value";
  private static final String NOW = "__debezium_unavailable_value\\u0000";

  /** As ingest writes it of a record in which a text may be taken for a placeholder. */
  private static final String SAYS_WHICH = ",\"unavailable\":\"" + NOW + '"';

  private final DocumentRowParser parser = new DocumentRowParser(IdKinds.NUMBERS);

  @Test
  void aTextThatIsThePlaceholderOfEarlierBuildsIsATextLikeOthers() throws Exception {
    assertThat(post(EARLIER, SAYS_WHICH).text()).isEqualTo(EARLIER);
    assertThat(
            parser
                .document(DocumentType.REEL, record(CdcTable.REELS, reel(EARLIER), SAYS_WHICH))
                .text())
        .isEqualTo(EARLIER);
    AuthorRow author = author(EARLIER, SAYS_WHICH);
    assertThat(author.isNamed()).isTrue();
    assertThat(author.username()).isEqualTo(EARLIER);
    assertThat(author.avatarUrl()).isEqualTo(EARLIER);
  }

  @Test
  void whatARecordDoesNotCarryIsUnknownByThePlaceholderThatItNames() throws Exception {
    assertThat(post(NOW, SAYS_WHICH).text()).isNull();
    AuthorRow author = author(NOW, SAYS_WHICH);
    assertThat(author.isNamed()).isFalse();
    assertThat(Unlogged.is(author.avatarUrl())).isTrue();
    assertThat(post("***", ",\"unavailable\":\"***\"").text()).isNull();
  }

  @Test
  void recordsOfEarlierBuildsAreReadAsTheyWereMeant() throws Exception {
    assertThat(post(EARLIER, "").text()).isNull();
    assertThat(author(EARLIER, "").isNamed()).isFalse();
    assertThat(Unlogged.is(author(EARLIER, "").avatarUrl())).isTrue();
    assertThat(post("text", "").text()).isEqualTo("text");
  }

  /** The record before may have named another. */
  @Test
  void aRecordSpeaksOnlyForItself() throws Exception {
    assertThat(post(EARLIER, SAYS_WHICH).text()).isEqualTo(EARLIER);
    assertThat(post(EARLIER, "").text()).isNull();
  }

  private DocumentRow post(String content, String says) throws IOException {
    return parser.document(
        DocumentType.POST,
        record(CdcTable.POSTS, "\"content\":\"" + content + "\"," + document(), says));
  }

  private static String reel(String caption) {
    return "\"caption\":\"" + caption + "\"," + document();
  }

  private static String document() {
    return "\"author_id\":7,\"visibility\":\"public\",\"is_deleted\":false,"
        + "\"created_at\":\"2026-01-01T00:00:00Z\",\"updated_at\":\"2026-01-02T00:00:00Z\"";
  }

  private AuthorRow author(String text, String says) throws IOException {
    return parser.author(
        record(
            CdcTable.USERS,
            "\"username\":\"%s\",\"display_name\":\"%s\",\"avatar_url\":\"%s\",\"is_active\":true,\"is_verified\":false"
                .formatted(text, text, text),
            says));
  }

  private static CdcRecord record(CdcTable table, String columns, String says) {
    String value =
        "{\"before\":null,\"after\":{\"id\":1,%s},\"source\":{\"ts_ms\":1%s},\"op\":\"u\"}"
            .formatted(columns, says);
    return new CdcRecord(
        table,
        0,
        0,
        1,
        "{\"id\":1}".getBytes(StandardCharsets.UTF_8),
        value.getBytes(StandardCharsets.UTF_8),
        new RowVersion(1, 2, 2),
        null,
        null);
  }
}
