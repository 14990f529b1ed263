package com.shareuptime.streams.proof.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.shareuptime.streams.contract.Target;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * Spells events as the product's services do; all names and ids are such that nothing is escaped.
 */
final class EventJson {
  private EventJson() {}

  static byte[] interaction(Interaction row, Instant at) {
    Change change = row.change();
    Announcement.Style style = row.announcement().style();
    StringBuilder json = new StringBuilder(220);
    json.append("{\"event_id\":\"").append(row.announcement().eventId());
    json.append("\",\"type\":\"").append(change.counter().event());
    json.append("\",\"action\":\"").append(change.eventAction());
    json.append("\",\"target\":\"").append(row.target().type().label());
    json.append("\",\"target_id\":").append(row.target().id());
    if (row.userId() != 0 && style != Announcement.Style.NO_ACTOR) {
      json.append(",\"actor_id\":").append(row.userId());
    }
    switch (style) {
      case NO_TIME -> {}
      case EPOCH_MILLIS -> json.append(",\"occurred_at\":").append(at.toEpochMilli());
      case OFFSET_TIME ->
          json.append(",\"occurred_at\":\"")
              .append(at.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.ofHours(2)))
              .append('"');
      default ->
          json.append(",\"occurred_at\":\"").append(at.truncatedTo(ChronoUnit.MILLIS)).append('"');
    }
    if (style == Announcement.Style.UNKNOWN_FIELDS) {
      json.append(",\"client\":{\"app\":\"web\",\"build\":[7,1]}");
    }
    return json.append('}').toString().getBytes(UTF_8);
  }

  /** The unlike of a row that went with its user. */
  static byte[] unlike(String eventId, Target target, long userId, Instant at) {
    return interaction(
        new Interaction(
            Change.UNLIKE,
            target,
            0,
            userId,
            0,
            Announcement.plain(eventId, Announcement.Style.ISO_TIME)),
        at);
  }

  static byte[] activity(Operation.Activity activity, Instant at) {
    return "{\"event_id\":\"%s\",\"user_id\":%d,\"occurred_at\":\"%s\"}"
        .formatted(activity.eventId(), activity.userId(), at.truncatedTo(ChronoUnit.MILLIS))
        .getBytes(UTF_8);
  }
}
