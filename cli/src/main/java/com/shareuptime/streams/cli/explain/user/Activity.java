package com.shareuptime.streams.cli.explain.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.cli.tail.RecordFilter;
import com.shareuptime.streams.contract.Id;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The newest event of {@code user-activity} of a user. */
final class Activity extends RecordFilter {
  private static final String TOPIC = "user-activity";

  private final Id user;
  private long newestAt;
  private Event newest;

  /**
   * One of them.
   *
   * @param occurredAt as it says; null if it does not
   * @param appendedAt ISO-8601
   */
  record Event(String eventId, String occurredAt, String appendedAt) {
    String text() {
      String occurred = occurredAt == null ? "" : ", occurred " + occurredAt;
      return "event %s, appended %s%s".formatted(eventId, appendedAt, occurred);
    }
  }

  Activity(Id user, Instant since) {
    super(Set.of(TOPIC), since);
    this.user = user;
  }

  @Override
  protected void see(ConsumerRecord<byte[], byte[]> record) {
    JsonNode event = json(record);
    if (isId(event.path("user_id"), user) && record.timestamp() >= newestAt) {
      newestAt = record.timestamp();
      newest =
          new Event(
              event.path("event_id").asText(),
              event.path("occurred_at").asText(null),
              Instant.ofEpochMilli(newestAt).toString());
    }
  }

  Optional<Event> newest() {
    return Optional.ofNullable(newest);
  }
}
