package com.shareuptime.streams.search.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.document.DocumentRow;
import com.shareuptime.streams.source.IsoTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostEventParserTest {
  private static final String CREATED = "2026-01-01T00:00:00.123456Z";
  private static final String UPDATED = "2026-01-02T00:00:00.000001Z";
  private static final long UPDATED_MICROS = IsoTime.parseMicros(UPDATED);
  private static final long APPENDED = IsoTime.parseMillis("2026-01-02T00:00:01Z");
  private static final String POST =
      "'id':42,'author_id':7,'content':'hello','visibility':'followers','is_deleted':false,"
          + "'created_at':'2026-01-01T00:00:00.123456Z','updated_at':'2026-01-02T00:00:00.000001Z'";

  private final PostEventParser parser = new PostEventParser(IdKinds.NUMBERS);

  @ParameterizedTest
  @CsvSource({"created", "updated"})
  void anEventIsTheRowThatItCarries(String action) throws IOException {
    assertThat(parse(event(action, POST)))
        .isEqualTo(
            new DocumentRow(
                new DocumentKey(DocumentType.POST, Id.of(42)),
                new RowVersion(1, UPDATED_MICROS),
                true,
                false,
                Id.of(7),
                "hello",
                "followers",
                IsoTime.parseMicros(CREATED),
                UPDATED_MICROS,
                APPENDED));
  }

  @Test
  void whatIsDeletedSoftlyIsThereButNotShown() throws IOException {
    DocumentRow row = parse(event("updated", POST.replace("false", "true")));
    assertThat(row.exists()).isTrue();
    assertThat(row.deleted()).isTrue();
  }

  @Test
  void aDeleteIsLaterThanTheUpdateOfItsTime() throws IOException {
    DocumentRow row = parse(event("deleted", POST));
    assertThat(row.exists()).isFalse();
    assertThat(row.version()).isGreaterThan(parse(event("updated", POST)).version());
    assertThat(row.version()).isEqualTo(new RowVersion(1, UPDATED_MICROS + 1));
    assertThat(row.changedAt()).isEqualTo(APPENDED);
  }

  @Test
  void aDeleteWithoutItsTimeIsOfItsAppendTime() throws IOException {
    DocumentRow row = parse(event("deleted", "'id':42"));
    assertThat(row.document().id()).isEqualTo(Id.of(42));
    assertThat(row.version()).isEqualTo(new RowVersion(1, APPENDED * 1000 + 999));
  }

  @Test
  void furtherFieldsMeanNothing() throws IOException {
    String more = ",'caption':'other','username':[1,{'a':2}],'is_active':'maybe','pinned':null";
    assertThat(parse(event("updated", POST + more))).isEqualTo(parse(event("updated", POST)));
    assertThat(parse("{'trace':{'id':-1},'event_id':'e','action':'created','post':{" + POST + "}}"))
        .isEqualTo(parse(event("created", POST)));
  }

  @Test
  void nothingIsLeftOfTheEventBefore() throws IOException {
    parse(event("updated", POST));
    assertThatThrownBy(() -> parse(event("updated", "'id':43")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("visibility");
    assertThatThrownBy(() -> parse("{}")).hasMessage("the event has no event_id");
  }

  @Test
  void thePlaceholderOfDebeziumIsATextAsAnyOther() throws IOException {
    String text = "__debezium_unavailable_value";
    assertThat(parse(event("updated", POST.replace("hello", text))).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ''                                | malformed
          no JSON                           | malformed
          []                                | not a JSON object
          {'event_id':'e','action':'created' | malformed
          {}                                | no event_id
          {'event_id':''}                   | no event_id
          {'event_id':7}                    | event_id is not a string
          {'event_id':'e','post':{'id':1}}  | no action
          {'event_id':'e','action':'created'} | no post
          {'event_id':'e','action':null,'post':{'id':1}} | action is not a string
          {'event_id':'e','action':'dance','post':{'id':1}} | 'dance' is unknown
          {'event_id':'e','action':'deleted','post':7} | the row is not a JSON object
          {'event_id':'e','action':'deleted','post':{}} | lacks an id
          {'event_id':'e','action':'deleted','post':{'id':-1}} | id of -1
          {'event_id':'e','action':'deleted','post':{'id':'1'}} | id is not an integer
          {'event_id':'e','action':'deleted','post':{'id':1.5}} | id is not an integer
          {'event_id':'e','action':'deleted','post':{'id':9223372036854775808}} | out of range
          {'event_id':'e','action':'deleted','post':{'id':1}} {} | something follows
          """)
  void whatIsNoEventIsRefused(String value, String reason) {
    assertThatThrownBy(() -> parse(value))
        .isInstanceOf(IOException.class)
        .satisfies(
            e -> {
              if (!reason.equals("malformed")) {
                assertThat(e).hasMessageContaining(reason);
              }
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'author_id':7                    | 'x':1                        | lacks an id
          'author_id':7                    | 'author_id':-7               | id of -7
          'content':'hello',               | ""                           | no text
          'content':'hello'                | 'content':null               | no text
          'content':'hello'                | 'content':{'a':1}            | content is not a string
          'visibility':'followers'         | 'visibility':'planet'        | 'planet' is unknown
          'visibility':'followers',        | ""                           | no visibility
          'is_deleted':false               | 'is_deleted':1               | boolean
          2026-01-01T00:00:00.123456Z      | yesterday                    | 'yesterday' is no time
          2026-01-02T00:00:00.000001Z      | 1969-12-31T00:00:00Z         | before 1970
          2026-01-02T00:00:00.000001Z      | 2026-01-02T01:00:02Z         | after the broker's time
          2026-01-02T00:00:00.000001Z      | +999999999-01-01T00:00:00Z   | after the broker
          """)
  void aRowThatCannotBeIsRefused(String part, String instead, String reason) {
    assertThat(POST).contains(part);
    String value = event("updated", POST.replace(part, instead));
    assertThatThrownBy(() -> parse(value))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void whatIsTooLargeIsRefused() {
    String text = "x".repeat(PostEventParser.MAX_BYTES);
    assertThatThrownBy(() -> parse(event("updated", POST.replace("hello", text))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bytes are more than");
    assertThatThrownBy(() -> parser.parse(null, APPENDED)).hasMessage("the value is empty");
  }

  private DocumentRow parse(String json) throws IOException {
    return parser.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), APPENDED);
  }

  private static String event(String action, String post) {
    return "{'event_id':'e1','action':'" + action + "','post':{" + post + "}}";
  }
}
