package com.shareuptime.streams.cli.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.cli.tail.RecordFilter;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.Target;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The events of a post or reel that no row may have confirmed yet. */
final class AppEvents extends RecordFilter {
  private static final Set<String> TOPICS =
      CounterKind.ALL.stream().map(CounterKind::eventsTopic).collect(Collectors.toSet());

  private final Target target;
  private final IdKind users;
  private final Map<String, AppEvent> byId = new LinkedHashMap<>();

  AppEvents(Target target, IdKind users, Instant since) {
    super(TOPICS, since);
    this.target = target;
    this.users = users;
  }

  @Override
  protected void see(ConsumerRecord<byte[], byte[]> record) {
    JsonNode event = json(record);
    if (isId(event.path("target_id"), target.id())
        && event.path("target").asText().equals(target.type().label())) {
      try {
        AppEvent one = AppEvent.of(event, users, Instant.ofEpochMilli(record.timestamp()));
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
    return new Announced(counts("create"), counts("delete"));
  }

  private Counts counts(String action) {
    return Counts.of(kind -> count(kind.event(), action));
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
