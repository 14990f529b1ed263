package com.shareuptime.streams.feeds.row;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.feeds.audience.ReaderInput;
import com.shareuptime.streams.feeds.audience.ReaderInput.Activity;
import com.shareuptime.streams.source.RawRecord;
import com.shareuptime.streams.testing.DrawnIds;
import com.shareuptime.streams.testing.NamedTable;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.converter.ConvertWith;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be read goes to the dead letters, says why, and stops nothing behind it. */
class BadInputTest {
  private static final String GOOD_POST =
      "{'before':null,'after':{'id':7,'author_id':3,'visibility':'public','is_deleted':false,"
          + "'created_at':'2026-11-24T10:00:00.123456Z'},'source':{'lsn':9,'ts_ms':5},'op':'c'}";
  private static final long ARRIVED = 1_000_000;

  private static final IdKinds UUIDS = DrawnIds.UUIDS.kinds();
  private static final String UUID = "c0ffee00-0000-4000-8000-0000000000ff";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "POSTS | {'id':7} | {not json",
        "POSTS | {'id':-7} | {'after':{'id':-7,'author_id':3},'source':{'ts_ms':5},'op':'c'}",
        "POSTS | {'id':7} | {'after':{'id':7,'author_id':3,'visibility':'public'},'op':'c'}",
        "POSTS | {'id':7} | {'after':{'id':7,'created_at':'yesterday'},'op':'c'}",
        "FOLLOWS | {'follower_id':1} | {'after':{'follower_id':1,'status':'accepted'},'op':'c'}",
        "USERS | {'id':'x'} | {'after':{'id':'x','is_active':true},'op':'c'}",
        "LIKES | {'id':7} | {'after':{'id':7},'op':'c'}",
      })
  void rowThatCannotBeRead(@ConvertWith(NamedTable.class) CdcTable table, String key, String value)
      throws Exception {
    try (var harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new ParseFeedRow("feeds", IdKinds.NUMBERS)))) {
      harness.open();
      harness.processElement(new StreamRecord<>(row(table, key, value)));
      harness.processElement(new StreamRecord<>(row(CdcTable.POSTS, "{'id':7}", GOOD_POST)));
      DeadLetter letter = only(harness, ParseFeedRow.DEAD_LETTERS);
      assertThat(letter.reason()).isEqualTo("malformed-row");
      assertThat(letter.detail()).isNotEmpty();
      assertThat(letter.value()).isEqualTo(bytes(value));
      assertThat(harness.extractOutputValues())
          .singleElement()
          .extracting("post")
          .isEqualTo(Id.of(7));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'event_id':'a'",
        "{'event_id':'a'}",
        "{'event_id':'a','user_id':'me'}",
        "{'event_id':'a','user_id':-1}",
        "{'event_id':'a','user_id':1,'occurred_at':'noon'}",
        "[1]",
        "\"\"",
      })
  void activityThatCannotBeRead(String value) throws Exception {
    List<ReaderInput> read = activities(value, "{'event_id':'b','user_id':2}");
    assertThat(read).containsExactly(new Activity(Id.of(2), ARRIVED));
  }

  @Test
  void activityFromTheFutureIsOfTheTimeItCame() throws Exception {
    assertThat(activities("{'event_id':'b','user_id':2,'occurred_at':99000000}"))
        .containsExactly(new Activity(Id.of(2), ARRIVED));
  }

  /** As long as ids are UUIDs, a number is none, and the other way round. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "UUID | {'event_id':'a','user_id':7}",
        "UUID | {'event_id':'a','user_id':'7'}",
        "UUID | {'event_id':'a','user_id':'c0ffee00000040008000000000000000ff'}",
        "TEXT | {'event_id':'a','user_id':7}",
        "TEXT | {'event_id':'a','user_id':''}",
        "TEXT | {'event_id':'a','user_id':'\\ud800'}",
        "NUMBER | {'event_id':'a','user_id':'7'}",
        "NUMBER | {'event_id':'a','user_id':'c0ffee00-0000-4000-8000-0000000000ff'}",
      })
  void activityOfAnIdOfAnotherKind(IdKind kind, String value) throws Exception {
    String good = kind == IdKind.NUMBER ? "7" : "'" + UUID + "'";
    assertThat(activities(kind, value, "{'event_id':'b','user_id':%s}".formatted(good)))
        .containsExactly(new Activity(kind.parse(good.replace("'", "")), ARRIVED));
  }

  @Test
  void aUuidInUpperCaseIsTheSameUser() throws Exception {
    assertThat(
            activities(
                IdKind.UUID, "{'event_id':'b','user_id':'C0FFEE00-0000-4000-8000-0000000000FF'}"))
        .containsExactly(new Activity(Id.of(UUID), ARRIVED));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'id':7} | 'id':7,'author_id':'U'",
        "{'id':'U'} | 'id':'U','author_id':3",
        "{'id':'U'} | 'id':'me','author_id':'U'",
      })
  void rowWhoseIdsAreOfAnotherKind(String key, String ids) throws Exception {
    String row = GOOD_POST.replace("'id':7,'author_id':3", ids).replace("'U'", "'" + UUID + "'");
    try (var harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new ParseFeedRow("feeds", UUIDS)))) {
      harness.open();
      harness.processElement(
          new StreamRecord<>(row(CdcTable.POSTS, key.replace("'U'", "'" + UUID + "'"), row)));
      assertThat(only(harness, ParseFeedRow.DEAD_LETTERS).reason()).isEqualTo("malformed-row");
    }
  }

  private static List<ReaderInput> activities(String... values) throws Exception {
    return activities(IdKind.NUMBER, values);
  }

  private static List<ReaderInput> activities(IdKind users, String... values) throws Exception {
    try (var harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new ParseActivity("feeds", users)))) {
      harness.open();
      for (String value : values) {
        harness.processElement(
            new StreamRecord<>(new RawRecord("user-activity", 0, 1, ARRIVED, null, bytes(value))));
      }
      if (values.length > 1) {
        DeadLetter letter = only(harness, ParseActivity.DEAD_LETTERS);
        assertThat(letter.reason()).isEqualTo("malformed-activity");
        assertThat(letter.value()).isEqualTo(bytes(values[0]));
      }
      return harness.extractOutputValues();
    }
  }

  private static DeadLetter only(
      OneInputStreamOperatorTestHarness<?, ?> harness, OutputTag<DeadLetter> tag) {
    Collection<StreamRecord<DeadLetter>> letters = harness.getSideOutput(tag);
    assertThat(letters).hasSize(1);
    return letters.iterator().next().getValue();
  }

  private static CdcRecord row(
      @ConvertWith(NamedTable.class) CdcTable table, String key, String value) {
    return new CdcRecord(
        table, 0, 1, 1, bytes(key), bytes(value), new RowVersion(1, 9), null, null);
  }

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }
}
