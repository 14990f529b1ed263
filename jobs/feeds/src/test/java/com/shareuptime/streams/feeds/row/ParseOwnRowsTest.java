package com.shareuptime.streams.feeds.row;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.feeds.audience.ReaderInput;
import com.shareuptime.streams.feeds.audience.ReaderInput.Activity;
import com.shareuptime.streams.local.odd.OddRecords;
import com.shareuptime.streams.testing.DrawnIds;
import com.shareuptime.streams.testing.NamedTable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.streaming.api.operators.StreamFlatMap;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.converter.ConvertWith;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** By which rows a user is active, when, and how seldom that is said. */
class ParseOwnRowsTest {
  private static final long WINDOW = Duration.ofDays(30).toMillis();
  private static final long ARRIVED = Instant.parse("2026-11-24T10:00:05Z").toEpochMilli();
  private static final long COMMITTED = ARRIVED - 1_000;
  private static final Instant CREATED = Instant.parse("2026-11-24T10:00:00Z");
  private static final Id USER = Id.of(7);

  private static CdcRecord row(CdcTable table, String op, String columns) {
    String after = op.equals("d") ? "null" : "{" + columns + "}";
    return record(
        table,
        "{'before':{%s},'after':%s,'source':{'ts_ms':%d},'op':'%s'}"
            .formatted(columns, after, COMMITTED, op));
  }

  private static CdcRecord record(CdcTable table, String value) {
    byte[] json = value.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    byte[] key = "{\"id\":9}".getBytes(StandardCharsets.UTF_8);
    return new CdcRecord(table, 0, 1, ARRIVED, key, json, new RowVersion(1, 9), null, null);
  }

  private static CdcRecord like(Instant createdAt) {
    return row(CdcTable.LIKES, "c", "'user_id':7,'created_at':'%s'".formatted(createdAt));
  }

  private static List<ReaderInput> read(IdKind users, CdcRecord... records) throws Exception {
    try (var harness =
        new OneInputStreamOperatorTestHarness<>(
            new StreamFlatMap<>(new ParseOwnRows(users, WINDOW)))) {
      harness.open();
      for (CdcRecord record : records) {
        harness.processElement(new StreamRecord<>(record));
      }
      return harness.extractOutputValues();
    }
  }

  private static List<ReaderInput> read(CdcRecord... records) throws Exception {
    return read(IdKind.NUMBER, records);
  }

  private static Activity at(Instant time) {
    return new Activity(USER, time.toEpochMilli());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "POSTS | 'id':1,'author_id':7",
        "REELS | 'id':1,'author_id':7,'is_deleted':true",
        "LIKES | 'target_type':'post','target_id':1,'user_id':7",
        "COMMENTS | 'id':1,'author_id':7,'content':'x'",
        "SHARES | 'id':1,'user_id':7",
        "FOLLOWS | 'follower_id':7,'followee_id':1,'status':'pending'",
      })
  void aRowIsActivityOfItsUserAtItsOwnTime(
      @ConvertWith(NamedTable.class) CdcTable table, String columns) throws Exception {
    String timed = columns + ",'created_at':'%s'".formatted(CREATED);
    for (String op : List.of("c", "u", "r")) {
      assertThat(read(row(table, op, timed))).as(op).containsExactly(at(CREATED));
    }
    assertThat(read(row(table, "d", timed))).as("a row that is gone").isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "POSTS | 'id':1,'author_id':7",
        "LIKES | 'user_id':7,'created_at':null",
        "FOLLOWS | 'follower_id':7,'followee_id':1,'created_at':null",
      })
  void aRowWithoutATimeIsActivityWhenItIsWrittenOnly(
      @ConvertWith(NamedTable.class) CdcTable table, String columns) throws Exception {
    assertThat(read(row(table, "c", columns))).containsExactly(new Activity(USER, COMMITTED));
    assertThat(read(row(table, "u", columns))).as("changed, by whomever").isEmpty();
    assertThat(read(row(table, "r", columns))).as("of a snapshot").isEmpty();
  }

  @Test
  void aUserIsActiveWhenTheRowOfUsersSaysSo() throws Exception {
    String columns = "'id':7,'created_at':'%s','last_active_at':".formatted(CREATED);
    for (String op : List.of("c", "u", "r")) {
      assertThat(read(row(CdcTable.USERS, op, columns + "'" + CREATED + "'")))
          .containsExactly(at(CREATED));
      assertThat(read(row(CdcTable.USERS, op, columns + "null"))).isEmpty();
    }
  }

  @Test
  void aRowOfNobodyIsNoActivity() throws Exception {
    assertThat(
            read(
                row(CdcTable.LIKES, "c", "'user_id':null,'created_at':'%s'".formatted(CREATED)),
                row(CdcTable.COMMENTS, "c", "'id':1,'created_at':'%s'".formatted(CREATED)),
                new CdcRecord(
                    CdcTable.LIKES,
                    0,
                    1,
                    ARRIVED,
                    null,
                    null,
                    null,
                    new Heartbeat(1, 1, 0, 1, 1),
                    null)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"2026-11-24T10:05:00Z", "9999-01-01T00:00:00Z", "infinity"})
  void aTimeOfTheFutureIsWhenTheRowCame(String time) throws Exception {
    assertThat(read(row(CdcTable.LIKES, "c", "'user_id':7,'created_at':'%s'".formatted(time))))
        .containsExactly(new Activity(USER, ARRIVED));
  }

  /** A snapshot has millions of them; an hour more, as clocks may differ. */
  @Test
  void whatWasTooOldWhenItCameIsNotSaid() throws Exception {
    Instant oldest = Instant.ofEpochMilli(ARRIVED - WINDOW);
    assertThat(read(like(oldest.minus(Duration.ofHours(1))))).isEmpty();
    assertThat(read(like(oldest.minus(Duration.ofMinutes(59))))).hasSize(1);
    assertThat(read(row(CdcTable.LIKES, "r", "'user_id':7,'created_at':'-infinity'"))).isEmpty();
  }

  @Test
  void manyRowsOfOneUserAreSaidOnce() throws Exception {
    Duration interval = Duration.ofMillis(WINDOW / 4_000);
    Instant first = CREATED.minus(Duration.ofHours(1));
    assertThat(
            read(
                like(first),
                row(CdcTable.POSTS, "c", "'author_id':7,'created_at':'%s'".formatted(first)),
                like(first.plus(interval).minusMillis(1)),
                like(first.minus(Duration.ofDays(1))),
                like(first.plus(interval)),
                like(first.plus(interval).plusMillis(1))))
        .containsExactly(at(first), at(first.plus(interval)));
  }

  @Test
  void everyUserIsSaid() throws Exception {
    CdcRecord[] likes = new CdcRecord[100_000];
    for (int i = 0; i < likes.length; i++) {
      likes[i] =
          row(CdcTable.LIKES, "c", "'user_id':%d,'created_at':'%s'".formatted(i + 1, CREATED));
    }
    assertThat(read(likes)).extracting(ReaderInput::user).doesNotHaveDuplicates().hasSize(100_000);
  }

  @ParameterizedTest
  @EnumSource
  void usersHaveIdsOfTheirKind(DrawnIds ids) throws Exception {
    String columns = "'user_id':%s,'created_at':'%s'".formatted(IdJson.node(ids.of(7)), CREATED);
    assertThat(read(ids.kinds().users(), row(CdcTable.LIKES, "c", columns)))
        .containsExactly(new Activity(ids.of(7), CREATED.toEpochMilli()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'user_id':'me','created_at':'2026-11-24T10:00:00Z'}",
        "{'user_id':-1,'created_at':'2026-11-24T10:00:00Z'}",
        "{'user_id':8,'created_at':'yesterday'}",
        "[]",
      })
  void whatCannotBeReadStopsNothingBehindIt(String after) throws Exception {
    CdcRecord odd = record(CdcTable.LIKES, "{'after':%s,'op':'c'}".formatted(after));
    assertThat(read(odd, like(CREATED))).containsExactly(at(CREATED));
  }

  @Test
  void nothingOddStopsIt() throws Exception {
    OddRecords odd = new OddRecords(20261130L);
    String good =
        "{'before':null,'after':{'id':7,'author_id':3,'user_id':7,'created_at':'%s'},'op':'c'}"
            .formatted(CREATED);
    CdcRecord[] records = new CdcRecord[2_000];
    for (int i = 0; i < records.length; i++) {
      byte[] value = odd.odd(good);
      records[i] =
          new CdcRecord(
              CdcTable.LIKES, 0, i, ARRIVED, value, value, new RowVersion(1, 9), null, null);
    }
    assertThat(read(records)).isNotNull();
  }
}
