package com.shareuptime.streams.search.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.SearchMode;
import com.shareuptime.streams.search.author.AuthorChange;
import com.shareuptime.streams.search.document.AuthorRow;
import com.shareuptime.streams.search.document.DocumentInput;
import com.shareuptime.streams.search.document.DocumentRow;
import com.shareuptime.streams.search.row.ParseDocumentRow;
import com.shareuptime.streams.source.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParseSearchControlTest {
  private static final RowVersion VERSION = new RowVersion(1 << 20, 99, 77);
  private static final String ROW =
      "{'author_id':7,'is_deleted':false,'visibility':'public','text':'all of it','created_at':-1,'updated_at':2}";

  private OneInputStreamOperatorTestHarness<RawRecord, DocumentInput> harness;

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void aFilledRowIsThatOfTheChangeThatWasNotWhole() throws Exception {
    start(SearchMode.CDC);
    tell(fill("post", ROW));
    assertThat(harness.extractOutputValues()).hasSize(1);
    DocumentRow row = (DocumentRow) harness.extractOutputValues().get(0);
    assertThat(row)
        .isEqualTo(
            new DocumentRow(
                new DocumentKey(DocumentType.POST, Id.of(42)),
                VERSION,
                true,
                false,
                Id.of(7),
                "all of it",
                "public",
                -1,
                2,
                row.changedAt()));
    assertThat(harness.getSideOutput(ParseDocumentRow.AUTHORSHIP)).hasSize(1);
  }

  @Test
  void aFilledUserGoesToTheAuthors() throws Exception {
    start(SearchMode.CDC);
    tell(
        fill(
            "user",
            "{'is_active':true,'is_verified':true,'username':'nora','display_name':'N','avatar_url':null}"));
    assertThat(harness.getSideOutput(ParseDocumentRow.AUTHORS))
        .extracting(StreamRecord::getValue)
        .containsExactly(
            new AuthorChange.Changed(
                new AuthorRow(Id.of(42), VERSION, true, "nora", "N", null, true, false)));
    assertThat(harness.extractOutputValues()).isEmpty();
  }

  /** Versions of rows are above those of all events to come. */
  @Test
  void noRowFillsWhatEventsMake() throws Exception {
    start(SearchMode.EVENTS);
    tell(fill("post", ROW));
    assertThat(harness.extractOutputValues()).isEmpty();
    assertThat(harness.getSideOutput(ParseDocumentRow.AUTHORSHIP)).isNullOrEmpty();
    tell(fill("reel", ROW));
    assertThat(harness.extractOutputValues()).hasSize(1);
  }

  @Test
  void aRowThatIsNotWholeFillsNothing() throws Exception {
    start(SearchMode.CDC);
    tell(fill("post", ROW.replace("'all of it'", "null")));
    tell(fill("post", ROW.replace("'author_id':7,", "")));
    tell(fill("post", ROW).replace("1048576:99:77", "99"));
    tell(fill("user", "{}"));
    assertThat(harness.extractOutputValues()).isEmpty();
    assertThat(harness.getSideOutput(ParseSearchControl.DEAD_LETTERS)).hasSize(4);
  }

  private static String fill(String target, String row) {
    return "{'job':'search','action':'fill','target':'%s','target_id':42,'version':'1048576:99:77','row':%s}"
        .formatted(target, row);
  }

  private void start(SearchMode mode) throws Exception {
    harness =
        ProcessFunctionTestHarnesses.forProcessFunction(
            new ParseSearchControl(
                "search", EnumSet.allOf(DocumentType.class), mode, IdKinds.NUMBERS));
  }

  private void tell(String message) throws Exception {
    byte[] json = message.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    harness.processElement(new RawRecord("pipeline-control", 0, 0, 1, null, json), 1);
  }
}
