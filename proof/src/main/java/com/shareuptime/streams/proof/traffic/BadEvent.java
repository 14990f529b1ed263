package com.shareuptime.streams.proof.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.Target;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Events that must end among the dead letters, each wrong in one way. */
public enum BadEvent {
  BROKEN_JSON(Fault.MALFORMED),
  EMPTY(Fault.MALFORMED),
  NOT_AN_OBJECT(Fault.MALFORMED),
  WRONG_TYPE(Fault.MALFORMED),
  UNKNOWN_TYPE(Fault.MALFORMED),
  UNKNOWN_ACTION(Fault.MALFORMED),
  UNKNOWN_TARGET(Fault.MALFORMED),
  ZERO_ID(Fault.MALFORMED),
  NEGATIVE_ID(Fault.MALFORMED),
  HUGE_ID(Fault.MALFORMED),
  NO_EVENT_ID(Fault.MALFORMED),
  LONG_EVENT_ID(Fault.MALFORMED),
  INVALID_UTF8(Fault.MALFORMED),
  ENDLESS_NUMBER(Fault.MALFORMED),
  OVERSIZED(Fault.OVERSIZED),
  FAR_FUTURE(Fault.FAR_FUTURE),
  END_OF_TIME(Fault.FAR_FUTURE);

  static final int MALFORMED_KINDS = 14;

  /** Above the limit of 1 MiB, below what the brokers refuse. */
  private static final int OVERSIZE_BYTES = (1 << 20) + (1 << 16);

  /** Often means never; its microseconds or nanoseconds do not fit into 64 bits. */
  private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");

  private final Fault fault;

  BadEvent(Fault fault) {
    this.fault = fault;
  }

  Fault fault() {
    return fault;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  byte[] value(Target target, String eventId) {
    String id = IdJson.node(target.id()).toString();
    String right =
        "{\"event_id\":\"%s\",\"type\":\"like\",\"action\":\"create\",\"target\":\"%s\",\"target_id\":%s}"
            .formatted(eventId, target.type().label(), id);
    return switch (this) {
      case BROKEN_JSON -> right.substring(0, right.length() / 2).getBytes(UTF_8);
      case EMPTY -> new byte[0];
      case NOT_AN_OBJECT -> ("[" + right + "]").getBytes(UTF_8);
      case WRONG_TYPE -> withId(right, id, target.id().isNumber() ? "\"many\"" : "42");
      case UNKNOWN_TYPE -> with(right, "\"like\"", "\"poke\"");
      case UNKNOWN_ACTION -> with(right, "\"create\"", "\"upsert\"");
      case UNKNOWN_TARGET -> with(right, "\"" + target.type().label() + "\"", "\"story\"");
      case ZERO_ID -> withId(right, id, target.id().isNumber() ? "0" : "\"\"");
      case NEGATIVE_ID -> withId(right, id, negative(target.id()));
      case HUGE_ID -> withId(right, id, huge(target.id()));
      case NO_EVENT_ID -> with(right, "\"event_id\":\"" + eventId + "\",", "");
      case LONG_EVENT_ID -> with(right, eventId, eventId + "x".repeat(65));
      case ENDLESS_NUMBER -> withId(right, id, "9".repeat(1_001));
      case INVALID_UTF8 -> invalidUtf8(right, eventId);
      case OVERSIZED -> with(right, "}", ",\"note\":\"" + "x".repeat(OVERSIZE_BYTES) + "\"}");
      case FAR_FUTURE -> at(right, Instant.now().plus(366, ChronoUnit.DAYS));
      case END_OF_TIME -> at(right, END);
    };
  }

  private static byte[] with(String right, String part, String instead) {
    return right.replace(part, instead).getBytes(UTF_8);
  }

  private static byte[] withId(String right, String id, String instead) {
    return with(right, "\"target_id\":" + id, "\"target_id\":" + instead);
  }

  /** A text may be any but a number. */
  private static String negative(Id id) {
    return id.isUuid() ? "\"-" + id + "\"" : "-" + (id.isNumber() ? id.number() : 42);
  }

  /** One more than fits: a number of 64 bits, digits of a UUID, bytes of a text. */
  private static String huge(Id id) {
    if (id.isNumber()) {
      return "9223372036854775808";
    }
    return id.isUuid() ? "\"" + id + "0\"" : "\"" + "x".repeat(IdKind.MOST_BYTES + 1) + "\"";
  }

  private static byte[] at(String right, Instant time) {
    return with(right, "}", ",\"occurred_at\":\"" + time + "\"}");
  }

  private static byte[] invalidUtf8(String right, String eventId) {
    byte[] bytes = right.getBytes(UTF_8);
    bytes[right.indexOf(eventId)] = (byte) 0xff;
    return bytes;
  }
}
