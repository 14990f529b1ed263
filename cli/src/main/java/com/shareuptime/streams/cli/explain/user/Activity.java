package com.shareuptime.streams.cli.explain.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.cli.tail.RecordFilter;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The newest event of {@code user-activity} of a user. */
final class Activity implements RecordFilter {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOPIC = "user-activity";

  private final long user;
  private final Instant since;
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

  Activity(long user, Instant since) {
    this.user = user;
    this.since = since;
  }

  @Override
  public Set<String> topics() {
    return Set.of(TOPIC);
  }

  @Override
  public Instant since() {
    return since;
  }

  @Override
  public void see(ConsumerRecord<byte[], byte[]> record) {
    try {
      JsonNode event = JSON.readTree(record.value() == null ? new byte[0] : record.value());
      JsonNode id = event.path("user_id");
      boolean isMeant = id.canConvertToLong() && id.asLong() == user;
      if (isMeant && record.timestamp() >= newestAt) {
        newestAt = record.timestamp();
        newest =
            new Event(
                event.path("event_id").asText(),
                event.path("occurred_at").asText(null),
                Instant.ofEpochMilli(newestAt).toString());
      }
    } catch (IOException e) {
      // no event: it is in the dead letters
    }
  }

  Optional<Event> newest() {
    return Optional.ofNullable(newest);
  }
}
