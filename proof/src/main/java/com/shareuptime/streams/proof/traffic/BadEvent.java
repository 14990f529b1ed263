package com.shareuptime.streams.proof.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

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
    String type = target.type().label();
    String id = Long.toString(target.id());
    String right = like(eventId, "like", "create", type, id, "");
    return switch (this) {
      case BROKEN_JSON -> right.substring(0, right.length() / 2).getBytes(UTF_8);
      case EMPTY -> new byte[0];
      case NOT_AN_OBJECT -> ("[" + right + "]").getBytes(UTF_8);
      case WRONG_TYPE -> text(like(eventId, "like", "create", type, "\"many\"", ""));
      case UNKNOWN_TYPE -> text(like(eventId, "poke", "create", type, id, ""));
      case UNKNOWN_ACTION -> text(like(eventId, "like", "upsert", type, id, ""));
      case UNKNOWN_TARGET -> text(like(eventId, "like", "create", "story", id, ""));
      case ZERO_ID -> text(like(eventId, "like", "create", type, "0", ""));
      case NEGATIVE_ID -> text(like(eventId, "like", "create", type, "-" + id, ""));
      case HUGE_ID -> text(like(eventId, "like", "create", type, "9223372036854775808", ""));
      case NO_EVENT_ID -> text(right.replace("\"event_id\":\"" + eventId + "\",", ""));
      case LONG_EVENT_ID -> text(like(eventId + "x".repeat(65), "like", "create", type, id, ""));
      case ENDLESS_NUMBER -> text(like(eventId, "like", "create", type, "9".repeat(1_001), ""));
      case INVALID_UTF8 -> invalidUtf8(right, eventId);
      case OVERSIZED ->
          text(
              like(
                  eventId,
                  "like",
                  "create",
                  type,
                  id,
                  ",\"note\":\"" + "x".repeat(OVERSIZE_BYTES) + "\""));
      case FAR_FUTURE -> text(likeAt(eventId, type, id, Instant.now().plus(366, ChronoUnit.DAYS)));
      case END_OF_TIME -> text(likeAt(eventId, type, id, END));
    };
  }

  private static String likeAt(String eventId, String target, String id, Instant at) {
    return like(eventId, "like", "create", target, id, ",\"occurred_at\":\"" + at + "\"");
  }

  private static byte[] text(String json) {
    return json.getBytes(UTF_8);
  }

  private static byte[] invalidUtf8(String right, String eventId) {
    byte[] bytes = right.getBytes(UTF_8);
    bytes[right.indexOf(eventId)] = (byte) 0xff;
    return bytes;
  }

  private static String like(
      String eventId, String type, String action, String target, String id, String more) {
    return "{\"event_id\":\"%s\",\"type\":\"%s\",\"action\":\"%s\",\"target\":\"%s\",\"target_id\":%s%s}"
        .formatted(eventId, type, action, target, id, more);
  }
}
