package com.shareuptime.streams.cli.explain;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.shareuptime.streams.cli.output.Sections;
import com.shareuptime.streams.cli.tail.Look;
import com.shareuptime.streams.cli.tail.RefusedRecord;
import com.shareuptime.streams.cli.tail.RowChange;
import java.util.List;
import java.util.Objects;

/**
 * What the newest records of Kafka say of a post or reel; of each list the newest few.
 *
 * @param changeCount of rows that concern it
 * @param unknownDeletes of comments and shares of which nobody can tell whose they were
 * @param eventCount of those that the counters job may hold unconfirmed
 * @param announced what these events do to the counts
 * @param looks what was looked at
 */
record Recent(
    int changeCount,
    List<RowChange> changes,
    long unknownDeletes,
    int eventCount,
    @JsonIgnore Announced announced,
    List<AppEvent> events,
    int deadLetterCount,
    List<RefusedRecord> deadLetters,
    List<Look> looks) {

  void addTo(Sections text) {
    text.table(
        "The newest of %,d changes of its rows in Kafka:".formatted(changeCount),
        RowChange.HEAD,
        changes.stream().map(RowChange::row).toList());
    if (unknownDeletes > 0) {
      text.list(
          "Deleted, of unknown targets:",
          List.of("%,d rows of comments and shares".formatted(unknownDeletes)));
    }
    text.table(
        "The newest of %,d events that may wait for their rows:".formatted(eventCount),
        List.of("EVENT", "WHAT", "ACTOR", "OCCURRED", "APPENDED", "TIMES", "IN THE TABLES"),
        events.stream().map(Recent::row).toList());
    text.table(
        "The newest of %,d dead letters that name it:".formatted(deadLetterCount),
        RefusedRecord.HEAD,
        deadLetters.stream().map(RefusedRecord::row).toList());
    text.list("Looked at in Kafka:", looks.stream().map(Look::text).toList());
  }

  private static List<String> row(AppEvent event) {
    return List.of(
        event.eventId(),
        event.type() + " " + event.action(),
        Objects.toString(event.actor(), "-"),
        Objects.toString(event.occurredAt(), "-"),
        event.appendedAt(),
        Integer.toString(event.times()),
        event.tables().text());
  }
}
