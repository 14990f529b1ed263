package com.shareuptime.streams.cli.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.cli.tail.RecordFilter;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The events of a post or reel that no row may have confirmed yet. */
final class AppEvents extends RecordFilter {
  private final Target target;
  private final IdKinds entities;
  private final Map<String, AppEvent> byId = new LinkedHashMap<>();

  AppEvents(Target target, IdKinds entities, Instant since) {
    super(
        entities.counters().stream().map(CountedView::eventsTopic).collect(Collectors.toSet()),
        since);
    this.target = target;
    this.entities = entities;
  }

  @Override
  protected void see(ConsumerRecord<byte[], byte[]> record) {
    JsonNode event = json(record);
    if (isId(event.path("target_id"), target.id())
        && event.path("target").asText().equals(target.type().label())) {
      try {
        AppEvent one =
            AppEvent.of(event, entities.users(), Instant.ofEpochMilli(record.timestamp()));
        byId.merge(one.eventId(), one, (first, repeat) -> first.again());
      } catch (DateTimeException e) {
        // no event: it is in the dead letters
      }
    }
  }

  int count() {
    return byId.size();
  }

  Announced announced() {
    return new Announced(counts("create"), counts("delete"), entities.counters());
  }

  private Counts counts(String action) {
    return Counts.of(entities.counters(), counter -> count(counter.event(), action));
  }

  private long count(String type, String action) {
    return byId.values().stream()
        .filter(event -> event.type().equals(type) && event.action().equals(action))
        .filter(event -> !event.time().isBefore(since())) // what is older counts with its row
        .count();
  }

  List<AppEvent> newest(int count) {
    return byId.values().stream()
        .sorted(
            Comparator.comparing((AppEvent event) -> Instant.parse(event.appendedAt())).reversed())
        .limit(count)
        .toList();
  }
}
