package com.shareuptime.streams.cli.explain;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;

/**
 * An event that the product sent of a post or reel.
 *
 * @param actor null if it names none
 * @param occurredAt ISO-8601; null if it does not say
 * @param appendedAt when Kafka got it first; ISO-8601
 * @param times how often it came
 * @param tables whether the tables show what it says; null before they were asked
 */
record AppEvent(
    String eventId,
    String type,
    String action,
    Id actor,
    String occurredAt,
    String appendedAt,
    int times,
    Confirmation tables) {

  enum Confirmation {
    ROW_IS_THERE,
    NO_SUCH_ROW,
    ROW_IS_GONE,
    ROW_IS_STILL_THERE,
    CANNOT_BE_TOLD;

    String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * Reads one.
   *
   * @param users what their ids are
   * @throws java.time.DateTimeException if its time is none
   */
  static AppEvent of(JsonNode event, IdKind users, Instant appendedAt) {
    return new AppEvent(
        event.path("event_id").asText(),
        event.path("type").asText(),
        event.path("action").asText(),
        actor(event.path("actor_id"), users),
        time(event.path("occurred_at")),
        appendedAt.toString(),
        1,
        null);
  }

  private static Id actor(JsonNode id, IdKind users) {
    try {
      return users.read(id);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String time(JsonNode occurredAt) {
    if (occurredAt.isMissingNode() || occurredAt.isNull()) {
      return null;
    }
    Instant time =
        occurredAt.isIntegralNumber()
            ? Instant.ofEpochMilli(occurredAt.asLong())
            : OffsetDateTime.parse(occurredAt.asText()).toInstant();
    return time.toString();
  }

  AppEvent again() {
    return new AppEvent(eventId, type, action, actor, occurredAt, appendedAt, times + 1, tables);
  }

  AppEvent with(Confirmation confirmation) {
    return new AppEvent(eventId, type, action, actor, occurredAt, appendedAt, times, confirmation);
  }

  @JsonIgnore
  boolean isCreate() {
    return action.equals("create");
  }

  /** The one by which it is counted: a clock that is ahead does not count. */
  Instant time() {
    Instant appended = Instant.parse(appendedAt);
    Instant occurred = occurredAt == null ? appended : Instant.parse(occurredAt);
    return occurred.isBefore(appended) ? occurred : appended;
  }
}
