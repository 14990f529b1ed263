package com.shareuptime.streams.counters.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.TargetEntity;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.event.InvalidEvent.Reason;
import com.shareuptime.streams.json.Json;
import com.shareuptime.streams.source.IsoTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;

/**
 * Reads the JSON of an event of a counter. Unknown fields are ignored, everything else is checked:
 * what leaves here can be counted. Not thread-safe.
 */
final class EventParser {
  /** Largest value, in bytes: what the contract calls oversized. */
  static final int MAX_BYTES = 1 << 20;

  /** Beyond it, on either side, a row counts when it comes, and needs no event. */
  static final int MAX_AMOUNT = 100_000;

  private static final int MAX_EVENT_ID = 64;

  private final long maxAhead;
  private final IdKinds kinds;
  private final CountedView[] counters;
  private final Target.Type[] types;

  /** Whether no id is a text. */
  private final boolean isOfNumbers;

  private String eventId;
  private CountedView kind;
  private Boolean create;
  private Target.Type targetType;
  private Id targetId;
  private long occurredAt;

  /** Of counters without amounts nobody looks at it. */
  private Long amount;

  /**
   * @param maxAheadMillis how far an event's own time may lie after Kafka's before it is refused;
   *     what is nearer counts as of Kafka's time
   * @param kinds of ids
   */
  EventParser(long maxAheadMillis, IdKinds kinds) {
    this.maxAhead = maxAheadMillis;
    this.kinds = kinds;
    this.counters = kinds.counters().toArray(CountedView[]::new);
    this.types =
        kinds.targetEntities().stream().map(TargetEntity::type).toArray(Target.Type[]::new);
    this.isOfNumbers = kinds.targets() == IdKind.NUMBER;
  }

  /**
   * @param value the record's bytes; null for a tombstone
   * @param appendedAt Kafka's append time, epoch milliseconds
   * @throws InvalidEvent with the first reason found
   */
  CounterEvent parse(byte[] value, long appendedAt) throws InvalidEvent {
    if (value == null || value.length == 0) {
      throw new InvalidEvent(Reason.MALFORMED_JSON, "the value is empty");
    }
    if (value.length > MAX_BYTES) {
      throw new InvalidEvent(
          Reason.OVERSIZED, value.length + " bytes are more than the " + MAX_BYTES + " allowed");
    }
    requireUtf8(value);
    eventId = null;
    kind = null;
    create = null;
    targetType = null;
    targetId = null;
    occurredAt = Long.MIN_VALUE;
    amount = 1L;
    try (JsonParser json = Json.FACTORY.createParser(value)) {
      readFields(json);
    } catch (InvalidEvent e) {
      throw e;
    } catch (JsonProcessingException e) {
      throw new InvalidEvent(Reason.MALFORMED_JSON, e.getOriginalMessage());
    } catch (IOException e) {
      throw new InvalidEvent(Reason.MALFORMED_JSON, e.getMessage());
    }
    return build(appendedAt);
  }

  private CounterEvent build(long appendedAt) throws InvalidEvent {
    require(eventId, "event_id");
    require(kind, "type");
    require(create, "action");
    require(targetType, "target");
    require(targetId, "target_id");
    if (!kind.counts(targetType)) {
      throw new InvalidEvent(
          Reason.UNKNOWN_TARGET, "a " + targetType.label() + " has no " + kind.name());
    }
    if (occurredAt != Long.MIN_VALUE && occurredAt - maxAhead > appendedAt) {
      throw new InvalidEvent(
          Reason.FAR_FUTURE,
          "occurred_at is " + (occurredAt - appendedAt) + " ms after the broker's time");
    }
    int units = kind.hasAmount() ? units() : 1;
    long occurred = occurredAt == Long.MIN_VALUE ? appendedAt : Math.min(occurredAt, appendedAt);
    return new CounterEvent(
        Fingerprint.of(eventId),
        new CounterTarget(targetType, isOfNumbers ? targetId : ofKind(kinds.of(targetType))),
        kind.kind(),
        create == (units >= 0),
        occurred,
        appendedAt,
        false,
        Math.abs(units));
  }

  private int units() throws InvalidEvent {
    if (amount == null) {
      throw new InvalidEvent(Reason.WRONG_TYPE, "'amount' is not an integer");
    }
    if (Math.abs(amount) > MAX_AMOUNT || amount == Long.MIN_VALUE) {
      throw new InvalidEvent(
          Reason.AMOUNT_OUT_OF_RANGE,
          "amount %d is beyond ±%d: it counts when its row comes".formatted(amount, MAX_AMOUNT));
    }
    return amount.intValue();
  }

  private void readFields(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new InvalidEvent(Reason.MALFORMED_JSON, "the value is not a JSON object");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken token = json.nextToken();
      switch (field) {
        case "event_id" -> eventId = eventId(json, token);
        case "type" -> kind = kind(string(json, token, field));
        case "action" -> create = action(string(json, token, field));
        case "target" -> targetType = targetType(string(json, token, field));
        case "target_id" -> targetId = targetId(json);
        case "amount" -> amount = amount(json, token);
        case "occurred_at" -> occurredAt = occurredAt(json, token);
        default -> json.skipChildren();
      }
    }
    if (json.nextToken() != null) {
      throw new InvalidEvent(Reason.MALFORMED_JSON, "something follows the JSON object");
    }
  }

  private static String eventId(JsonParser json, JsonToken token) throws IOException {
    String id = string(json, token, "event_id");
    int length = id.codePointCount(0, id.length()); // an emoji is one character, as in Postgres
    if (length < 1 || length > MAX_EVENT_ID) {
      throw new InvalidEvent(
          Reason.EVENT_ID_LENGTH,
          "event_id has " + length + " characters, not 1 to " + MAX_EVENT_ID);
    }
    return id;
  }

  private CountedView kind(String text) throws InvalidEvent {
    for (CountedView counter : counters) {
      if (counter.event().equals(text)) {
        return counter;
      }
    }
    throw new InvalidEvent(Reason.UNKNOWN_TYPE, "type '" + brief(text) + "'");
  }

  private static boolean action(String text) throws InvalidEvent {
    return switch (text) {
      case "create" -> true;
      case "delete" -> false;
      default -> throw new InvalidEvent(Reason.UNKNOWN_ACTION, "action '" + brief(text) + "'");
    };
  }

  private Target.Type targetType(String text) throws InvalidEvent {
    for (Target.Type type : types) {
      if (type.label().equals(text)) {
        return type;
      }
    }
    throw new InvalidEvent(Reason.UNKNOWN_TARGET, "target '" + brief(text) + "'");
  }

  /** Null if it is no whole number; one too large for 64 bits is as one that is too large. */
  private static Long amount(JsonParser json, JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return 1L;
    }
    if (token != JsonToken.VALUE_NUMBER_INT) {
      json.skipChildren();
      return null;
    }
    try {
      return json.getLongValue();
    } catch (InputCoercionException e) {
      return Long.MAX_VALUE;
    }
  }

  /** As it is spelled: what it must be, the target says, which may come behind it. */
  private Id targetId(JsonParser json) throws IOException {
    if (!isOfNumbers && json.hasToken(JsonToken.VALUE_STRING)) {
      return Id.of(json.getText());
    }
    if (!Json.isInteger(json)) {
      throw new InvalidEvent(
          Reason.WRONG_TYPE,
          isOfNumbers ? "'target_id' is not an integer" : "'target_id' is no id");
    }
    Id id;
    try {
      id = IdJson.read(json);
    } catch (InputCoercionException e) {
      throw new InvalidEvent(Reason.ID_OUT_OF_RANGE, "target_id does not fit a BIGINT");
    }
    if (!id.isPositive()) {
      throw new InvalidEvent(Reason.ID_OUT_OF_RANGE, "target_id " + id + " is not above 0");
    }
    return id;
  }

  private Id ofKind(IdKind kind) throws InvalidEvent {
    if (targetId.isNumber() != (kind == IdKind.NUMBER)) {
      throw new InvalidEvent(
          Reason.WRONG_TYPE,
          kind == IdKind.NUMBER ? "'target_id' is not an integer" : "'target_id' is not a string");
    }
    if (kind == IdKind.NUMBER || targetId.isUuid()) {
      return targetId;
    }
    try {
      return kind.parse(targetId.toString());
    } catch (NumberFormatException e) {
      throw new InvalidEvent(
          kind == IdKind.UUID ? Reason.WRONG_TYPE : Reason.ID_OUT_OF_RANGE,
          "target_id: " + brief(e.getMessage()));
    }
  }

  private static long occurredAt(JsonParser json, JsonToken token) throws IOException {
    try {
      return switch (token) {
        case VALUE_NULL -> Long.MIN_VALUE;
        case VALUE_NUMBER_INT -> positive(json.getLongValue());
        case VALUE_NUMBER_FLOAT -> positive((long) json.getDoubleValue());
        case VALUE_STRING -> positive(IsoTime.parseMillis(json.getText()));
        default -> throw new InvalidEvent(Reason.WRONG_TYPE, "'occurred_at' is no time");
      };
    } catch (DateTimeException | InputCoercionException e) {
      throw new InvalidEvent(Reason.TIMESTAMP, e.getMessage());
    }
  }

  private static long positive(long millis) throws InvalidEvent {
    if (millis < 0 || millis > Long.MAX_VALUE / 2) {
      throw new InvalidEvent(Reason.TIMESTAMP, "occurred_at " + millis + " is no epoch time in ms");
    }
    return millis;
  }

  private static String string(JsonParser json, JsonToken token, String field) throws IOException {
    if (token != JsonToken.VALUE_STRING) {
      throw new InvalidEvent(Reason.WRONG_TYPE, "'" + field + "' is not a string");
    }
    return json.getText();
  }

  private static void require(Object value, String field) throws InvalidEvent {
    if (value == null) {
      throw new InvalidEvent(Reason.MISSING_FIELD, "'" + field + "' is missing");
    }
  }

  private static String brief(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  /** Jackson decodes only the fields that are read; a bad byte elsewhere would slip through. */
  private static void requireUtf8(byte[] value) throws InvalidEvent {
    for (byte b : value) {
      if (b < 0) {
        try {
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value));
        } catch (CharacterCodingException e) {
          throw new InvalidEvent(Reason.INVALID_UTF8, "the value is not UTF-8: " + e.getMessage());
        }
        return;
      }
    }
  }
}
