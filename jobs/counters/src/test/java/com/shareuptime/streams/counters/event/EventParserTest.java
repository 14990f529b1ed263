package com.shareuptime.streams.counters.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Products;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.event.InvalidEvent.Reason;
import com.shareuptime.streams.source.IsoTime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventParserTest {
  private static final long APPENDED = Instant.parse("2026-11-24T12:00:00Z").toEpochMilli();
  private static final long MAX_AHEAD = 300_000;
  private static final String LIKE =
      "{'event_id':'e1','type':'like','action':'create','target':'post','target_id':42}";

  private final EventParser parser = new EventParser(MAX_AHEAD, IdKinds.NUMBERS);

  /** An arrival of less than 0 is a departure; of counters without amounts nobody looks at it. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"5, true, 5", "-5, false, 5", "null, true, 1", "-, true, 1", "0, true, 0"})
  void anEventMayCountForAnAmount(String amount, boolean create, int units) throws Exception {
    String more = amount == null ? "" : ",\"amount\":" + amount;
    var votes = new EventParser(MAX_AHEAD, Products.WITH_VOTES_OF_USERS);
    CounterEvent vote = votes.parse(announced("vote", "user", more), 1_000);
    assertThat(vote.kind()).isEqualTo(CounterKind.of(3));
    assertThat(vote.target().type()).isEqualTo(Target.Type.of("user"));
    assertThat(vote.create()).isEqualTo(create);
    assertThat(vote.amount()).isEqualTo(units);
    assertThat(votes.parse(announced("like", "post", ",\"amount\":\"x\""), 1_000).amount())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "vote, user, 100001, amount-out-of-range",
    "vote, user, -99999999999999999999, amount-out-of-range",
    "vote, user, 1.5, wrong-type",
    "vote, comment, 1, unknown-target",
    "like, user, 1, unknown-target",
  })
  void anAmountOrATargetThatCannotBeIsRefused(
      String type, String target, String amount, String reason) {
    var votes = new EventParser(MAX_AHEAD, Products.WITH_VOTES_OF_USERS);
    assertThatThrownBy(() -> votes.parse(announced(type, target, ",\"amount\":" + amount), 1_000))
        .isInstanceOfSatisfying(
            InvalidEvent.class, invalid -> assertThat(invalid.reason().text()).isEqualTo(reason));
  }

  private static byte[] announced(String type, String target, String more) {
    return "{\"event_id\":\"e\",\"type\":\"%s\",\"action\":\"create\",\"target\":\"%s\",\"target_id\":7%s}"
        .formatted(type, target, more)
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aLikeIsReadWithAllItSays() throws InvalidEvent {
    CounterEvent event =
        parse(
            "{'event_id':'e1','type':'like','action':'delete','target':'reel','target_id':42,"
                + "'actor_id':7,'occurred_at':'2026-11-24T11:59:58.5Z','more':{'a':[1,{}]}}");
    assertThat(event.target()).isEqualTo(new CounterTarget(Target.Type.REEL, Id.of(42)));
    assertThat(event.kind()).isEqualTo(CounterKind.LIKES);
    assertThat(event.create()).isFalse();
    assertThat(event.occurredAt()).isEqualTo(APPENDED - 1_500);
    assertThat(event.fingerprint()).isEqualTo(Fingerprint.of("e1"));
  }

  @Test
  void anEventWithoutATimeOccurredWhenTheBrokerTookIt() throws InvalidEvent {
    assertThat(parse(LIKE).occurredAt()).isEqualTo(APPENDED);
  }

  @Test
  void aTimeALittleAheadCountsAsTheBrokersTime() throws InvalidEvent {
    assertThat(withTime(Long.toString(APPENDED + MAX_AHEAD)).occurredAt()).isEqualTo(APPENDED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'event_id'|MALFORMED_JSON",
        "[]|MALFORMED_JSON",
        "42|MALFORMED_JSON",
        "{'event_id':'e','type':'like','action':'create','target':'post','target_id':1}x|MALFORMED_JSON",
        "{'event_id':7,'type':'like','action':'create','target':'post','target_id':1}|WRONG_TYPE",
        "{'event_id':'e','type':'like','action':'create','target':'post','target_id':'1'}|WRONG_TYPE",
        "{'event_id':'e','type':'like','action':'create','target':'post','target_id':1.5}|WRONG_TYPE",
        "{'event_id':'e','type':'like','action':'create','target':'post','target_id':null}|WRONG_TYPE",
        "{'type':'like','action':'create','target':'post','target_id':1}|MISSING_FIELD",
        "{'event_id':'e','type':'like','action':'create','target':'post'}|MISSING_FIELD",
        "{'event_id':'e','type':'love','action':'create','target':'post','target_id':1}|UNKNOWN_TYPE",
        "{'event_id':'e','type':'like','action':'undo','target':'post','target_id':1}|UNKNOWN_ACTION",
        "{'event_id':'e','type':'like','action':'create','target':'user','target_id':1}|UNKNOWN_TARGET",
        "{'event_id':'e','type':'share','action':'create','target':'reel','target_id':1}|UNKNOWN_TARGET",
        "{'event_id':'e','type':'like','action':'create','target':'post','target_id':0}|ID_OUT_OF_RANGE",
        "{'event_id':'e','type':'like','action':'create','target':'post','target_id':-5}|ID_OUT_OF_RANGE",
        "{'event_id':'e','type':'like','action':'create','target':'post','target_id':9223372036854775808}|ID_OUT_OF_RANGE",
        "{'event_id':'','type':'like','action':'create','target':'post','target_id':1}|EVENT_ID_LENGTH",
        "{'event_id':'e','type':'like','action':'create','target':'post','target_id':1,'occurred_at':'noon'}|TIMESTAMP",
        "{'event_id':'e','type':'like','action':'create','target':'post','target_id':1,'occurred_at':-1}|TIMESTAMP",
        "{'event_id':'e','type':'like','action':'create','target':'post','target_id':1,'occurred_at':true}|WRONG_TYPE",
        "{'event_id':'e','type':'like','action':'create','target':'post','target_id':1,'occurred_at':'2027-11-24T12:00:00Z'}|FAR_FUTURE",
      })
  void whatCannotBeCountedHasItsReason(String json, Reason reason) {
    assertReason(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), reason);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "UUID, 'C0FFEE00-0000-4000-8000-000000000001', c0ffee00-0000-4000-8000-000000000001",
        "UUID, 'c0ffee00-0000-4000-8000-000000000001', c0ffee00-0000-4000-8000-000000000001",
        "TEXT, 'C0FFEE00-0000-4000-8000-000000000001', C0FFEE00-0000-4000-8000-000000000001",
        "TEXT, '42', 42",
        "TEXT, 'ü{1}', ü{1}",
      })
  void anIdMayBeAText(IdKind posts, String targetId, String id) throws InvalidEvent {
    assertThat(parse(withId("post", targetId), ofPosts(posts)).target())
        .isEqualTo(new CounterTarget(Target.Type.POST, Id.of(id)));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "UUID, 42, WRONG_TYPE",
        "UUID, '42', WRONG_TYPE",
        "UUID, true, WRONG_TYPE",
        "TEXT, 42, WRONG_TYPE",
        "TEXT, null, WRONG_TYPE",
        "TEXT, '', ID_OUT_OF_RANGE",
        "TEXT, 'a\\u0000b', ID_OUT_OF_RANGE",
        "TEXT, 'a\\ud800', ID_OUT_OF_RANGE",
      })
  void anIdOfAnotherKindIsRefused(IdKind posts, String targetId, Reason reason) {
    assertReason(() -> parse(withId("post", targetId), ofPosts(posts)), reason);
  }

  @Test
  void anIdTooLongForAnyRowIsRefused() throws InvalidEvent {
    IdKinds texts = ofPosts(IdKind.TEXT);
    assertThat(parse(withId("post", "'" + "x".repeat(255) + "'"), texts)).isNotNull();
    assertReason(
        () -> parse(withId("post", "'" + "x".repeat(256) + "'"), texts), Reason.ID_OUT_OF_RANGE);
  }

  /** Also where the id comes before the word that says what it is of. */
  @Test
  void postsAndReelsMayHaveIdsOfTwoKinds() throws InvalidEvent {
    IdKinds kinds = new IdKinds(IdKind.NUMBER, IdKind.NUMBER, IdKind.TEXT);
    String before = "{'target_id':%s,'target':'%s','event_id':'e','type':'like','action':'create'}";
    assertThat(parse(before.formatted("42", "post"), kinds).target().id()).isEqualTo(Id.of(42));
    assertThat(parse(before.formatted("'42'", "reel"), kinds).target().id()).isEqualTo(Id.of("42"));
    assertReason(() -> parse(before.formatted("'42'", "post"), kinds), Reason.WRONG_TYPE);
    assertReason(() -> parse(before.formatted("42", "reel"), kinds), Reason.WRONG_TYPE);
  }

  private static IdKinds ofPosts(IdKind posts) {
    return new IdKinds(IdKind.NUMBER, posts, posts);
  }

  private static String withId(String target, String id) {
    return "{'event_id':'e','type':'like','action':'create','target':'%s','target_id':%s}"
        .formatted(target, id);
  }

  private static CounterEvent parse(String json, IdKinds kinds) throws InvalidEvent {
    return new EventParser(MAX_AHEAD, kinds)
        .parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), APPENDED);
  }

  @Test
  void anEmptyValueIsRefused() {
    assertReason((byte[]) null, Reason.MALFORMED_JSON);
    assertReason(new byte[0], Reason.MALFORMED_JSON);
  }

  @Test
  void aValueOverAMegabyteIsRefusedUnread() {
    assertReason(new byte[EventParser.MAX_BYTES + 1], Reason.OVERSIZED);
  }

  @Test
  void anEventIdMayHaveSixtyFourCharactersAndNoMore() throws InvalidEvent {
    assertThat(parse(LIKE.replace("e1", "x".repeat(64)))).isNotNull();
    assertReason(
        LIKE.replace("e1", "x".repeat(65)).replace('\'', '"').getBytes(StandardCharsets.UTF_8),
        Reason.EVENT_ID_LENGTH);
  }

  @Test
  void aBadByteIsFoundEvenInAFieldThatNobodyReads() {
    byte[] value =
        LIKE.replace("}", ",'note':'?'}").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < value.length; i++) {
      if (value[i] == '?') {
        value[i] = (byte) 0xC3;
      }
    }
    assertReason(value, Reason.INVALID_UTF8);
  }

  @Test
  void noBytesWhateverMakeItFailOtherwise() {
    Random random = new Random(1);
    byte[] like = LIKE.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 20_000; i++) {
      byte[] value = like.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        value[random.nextInt(value.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(parser.parse(value, APPENDED)).isNotNull();
      } catch (InvalidEvent e) {
        assertThat(e.reason()).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-24T23:33:34Z",
        "2026-11-24T23:33:34.1Z",
        "2026-11-24T23:33:34.123Z",
        "2026-11-24T23:33:34.123456Z",
        "2026-11-24T23:33:34.123456789Z",
        "2026-02-28T00:00:00.000Z",
        "2026-11-24T23:33:34+02:00",
        "2026-11-24T23:33:34.5-08:00",
        "1999-12-31T23:59:59.999Z"
      })
  void timesAreReadAsTheLibraryReadsThem(String text) {
    assertThat(IsoTime.parseMillis(text))
        .isEqualTo(OffsetDateTime.parse(text).toInstant().toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-13-01T00:00:00Z",
        "2026-02-30T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:60:00Z",
        "2026-01-01T00:00:0xZ",
        "yesterday"
      })
  void whatIsNoTimeIsRefused(String text) {
    assertThatThrownBy(() -> IsoTime.parseMillis(text))
        .isInstanceOf(java.time.DateTimeException.class);
  }

  private CounterEvent withTime(String time) throws InvalidEvent {
    return parse(LIKE.replace("}", ",'occurred_at':" + time + "}"));
  }

  private CounterEvent parse(String json) throws InvalidEvent {
    return parser.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), APPENDED);
  }

  private void assertReason(byte[] value, Reason reason) {
    assertReason(() -> parser.parse(value, APPENDED), reason);
  }

  private static void assertReason(ThrowingCallable parse, Reason reason) {
    assertThatThrownBy(parse)
        .isInstanceOfSatisfying(InvalidEvent.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
