package com.shareuptime.streams.search.row;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.author.AuthorChange;
import com.shareuptime.streams.search.count.ParseCounts;
import com.shareuptime.streams.search.document.DocumentInput;
import com.shareuptime.streams.search.document.DocumentRow;
import com.shareuptime.streams.search.vector.ParseVectors;
import com.shareuptime.streams.source.RawRecord;
import com.shareuptime.streams.source.RecordFunction;
import com.shareuptime.streams.testing.NamedTable;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.converter.ConvertWith;
import org.junit.jupiter.params.provider.CsvSource;

/** Each id is read by the kind of its entity; another is a dead letter. */
class KindOfIdsTest {
  private static final String UUID = "c0ffee00-0000-4000-8000-00000000000a";

  /** Of users, posts and reels. */
  private static final IdKinds KINDS = new IdKinds(IdKind.UUID, IdKind.TEXT, IdKind.NUMBER);

  private static final String COLUMNS =
      "'id':%s,'author_id':%s,'content':'c','caption':'c','visibility':'public','is_deleted':false,"
          + "'username':'u','display_name':'n','avatar_url':null,'is_active':true,"
          + "'is_verified':false,'created_at':'2026-11-24T10:00:00Z',"
          + "'updated_at':'2026-11-24T10:00:00Z'";

  @Test
  void aRowHasTheIdsOfItsTableAndOfUsers() throws Exception {
    DocumentRow post = (DocumentRow) row(CdcTable.POSTS, "'7'", "'" + UUID + "'").get(0);
    assertThat(post.document().id()).isEqualTo(Id.of("7"));
    assertThat(post.author()).isEqualTo(Id.of(UUID));
    DocumentRow reel =
        (DocumentRow) row(CdcTable.REELS, "7", "'C" + UUID.substring(1) + "'").get(0);
    assertThat(reel.document().id()).isEqualTo(Id.of(7));
    assertThat(reel.author()).as("in any case").isEqualTo(Id.of(UUID));
  }

  @Test
  void aUserHasTheIdOfUsers() throws Exception {
    try (var harness =
        ProcessFunctionTestHarnesses.forProcessFunction(new ParseDocumentRow("search", KINDS))) {
      harness.processElement(
          new StreamRecord<>(cdc(CdcTable.USERS, "'" + UUID + "'", "'" + UUID + "'")));
      Queue<StreamRecord<AuthorChange>> users = harness.getSideOutput(ParseDocumentRow.AUTHORS);
      assertThat(users).hasSize(1);
      assertThat(users.peek().getValue().author()).isEqualTo(Id.of(UUID));
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"POSTS, 7", "POSTS, ''", "POSTS, null", "REELS, '7'", "REELS, 'x'"})
  void aRowWithAnIdOfAnotherKindIsADeadLetter(
      @ConvertWith(NamedTable.class) CdcTable table, String id) throws Exception {
    assertThat(row(table, id, "'" + UUID + "'")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"7", "'7'", "null"})
  void aRowWithAnAuthorOfAnotherKindIsADeadLetter(String author) throws Exception {
    assertThat(row(CdcTable.POSTS, "'7'", author)).isEmpty();
    assertThat(row(CdcTable.REELS, "7", author)).isEmpty();
  }

  @Test
  void anEventHasTheIdsOfPostsAndUsers() throws Exception {
    String event = "{'event_id':'e','action':'updated','post':{" + COLUMNS + "}}";
    ParsePostEvent function = new ParsePostEvent("search", KINDS);
    assertThat(read(function, null, event.formatted("'p:1'", "'" + UUID + "'")))
        .extracting(DocumentInput::document)
        .extracting(document -> document.id())
        .containsExactly(Id.of("p:1"));
    assertThat(read(function, null, event.formatted("1", "'" + UUID + "'"))).isEmpty();
    assertThat(read(function, null, event.formatted("'p:1'", "'u'"))).isEmpty();
  }

  @Test
  void countsHaveTheIdOfTheirTargetsKind() throws Exception {
    var function = new ParseCounts("search", EnumSet.allOf(DocumentType.class), KINDS);
    String counts = "{'target':'%s','target_id':%s,'likes_count':1,'version':4}";
    assertThat(read(function, null, counts.formatted("post", "'7'"))).hasSize(1);
    assertThat(read(function, null, counts.formatted("reel", "7"))).hasSize(1);
    assertThat(read(function, null, counts.formatted("post", "7"))).isEmpty();
    assertThat(read(function, null, counts.formatted("reel", "'7'"))).isEmpty();
  }

  @Test
  void aVectorThatIsGoneHasTheIdOfItsKey() throws Exception {
    var function = new ParseVectors("search", EnumSet.allOf(DocumentType.class), KINDS);
    assertThat(read(function, "post:at://a:1", null))
        .extracting(vector -> vector.document().id())
        .containsExactly(Id.of("at://a:1"));
    assertThat(read(function, "reel:7", null))
        .extracting(vector -> vector.document().id())
        .containsExactly(Id.of(7));
    assertThat(read(function, "reel:x", null)).isEmpty();
    assertThat(read(function, "reel:0", null)).isEmpty();
    assertThat(read(function, "planet:7", null)).isEmpty();
  }

  private static List<DocumentInput> row(CdcTable table, String id, String author)
      throws Exception {
    try (var harness =
        ProcessFunctionTestHarnesses.forProcessFunction(new ParseDocumentRow("search", KINDS))) {
      harness.processElement(new StreamRecord<>(cdc(table, id, author)));
      List<DocumentInput> read = List.copyOf(harness.extractOutputValues());
      assertThat(harness.getSideOutput(RecordFunction.DEAD_LETTERS) == null)
          .isEqualTo(!read.isEmpty());
      return read;
    }
  }

  private static CdcRecord cdc(CdcTable table, String id, String author) {
    String value =
        "{'before':null,'after':{" + COLUMNS + "},'source':{'lsn':9,'ts_ms':1},'op':'u'}";
    return new CdcRecord(
        table,
        0,
        0,
        1,
        utf8("{'id':%s}".formatted(id)),
        utf8(value.formatted(id, author)),
        new RowVersion(1, 2, 2),
        null,
        null);
  }

  private static List<DocumentInput> read(
      RecordFunction<RawRecord, DocumentInput> function, String key, String value)
      throws Exception {
    try (var harness = ProcessFunctionTestHarnesses.forProcessFunction(function)) {
      harness.processElement(
          new StreamRecord<>(
              new RawRecord("topic", 0, 0, 1_795_941_814_000L, utf8(key), utf8(value))));
      List<DocumentInput> read = List.copyOf(harness.extractOutputValues());
      assertThat(harness.getSideOutput(RecordFunction.DEAD_LETTERS) == null)
          .isEqualTo(!read.isEmpty());
      return read;
    }
  }

  private static byte[] utf8(String json) {
    return json == null ? null : json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }
}
