package com.shareuptime.streams.proof.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.contract.Target;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Spells events as the product's services do; all names are such that nothing is escaped. */
final class EventJson {
  private EventJson() {}

  static byte[] interaction(Interaction row, PlannedIds ids, Instant at) {
    return event(
        row.announcement().eventId(),
        row.change(),
        ids.target(row.target()),
        row.userId() == 0 ? null : ids.user(row.userId()),
        row.announcement().style(),
        at);
  }

  /** The unlike of a row that went with its user. */
  static byte[] unlike(String eventId, Target target, Id user, Instant at) {
    return event(eventId, Change.UNLIKE, target, user, Announcement.Style.ISO_TIME, at);
  }

  private static byte[] event(
      String eventId,
      Change change,
      Target target,
      Id actor,
      Announcement.Style style,
      Instant at) {
    StringBuilder json = new StringBuilder(220);
    json.append("{\"event_id\":\"").append(eventId);
    json.append("\",\"type\":\"").append(change.counter().event());
    json.append("\",\"action\":\"").append(change.eventAction());
    json.append("\",\"target\":\"").append(target.type().label());
    json.append("\",\"target_id\":");
    append(json, target.id(), style);
    if (actor != null && style != Announcement.Style.NO_ACTOR) {
      json.append(",\"actor_id\":");
      append(json, actor, style);
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

  private static void append(StringBuilder json, Id id, Announcement.Style style) {
    if (style == Announcement.Style.UPPER_CASE && id.isUuid()) {
      json.append('"').append(id.toString().toUpperCase(Locale.ROOT)).append('"');
    } else {
      IdJson.write(id, json);
    }
  }

  static byte[] activity(String eventId, Id user, Instant at) {
    StringBuilder json = new StringBuilder(120);
    json.append("{\"event_id\":\"").append(eventId).append("\",\"user_id\":");
    IdJson.write(user, json);
    return json.append(",\"occurred_at\":\"")
        .append(at.truncatedTo(ChronoUnit.MILLIS))
        .append("\"}")
        .toString()
        .getBytes(UTF_8);
  }
}
