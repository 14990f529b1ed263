package com.shareuptime.streams.counters.sink;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.counters.total.CounterUpdate;
import com.shareuptime.streams.sink.kafka.TopicWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Counters as records of the compacted topic {@code counter-updates}, keyed {@code post:42}. A
 * reader ignores what is not newer than the version it has.
 */
final class UpdateRecords implements TopicWriter.Records<CounterUpdate> {
  private static final long serialVersionUID = 1L;

  static final String TOPIC = "counter-updates";

  private final ShownCounters counters;

  /**
   * @param counters of each target
   */
  UpdateRecords(ShownCounters counters) {
    this.counters = counters;
  }

  @Override
  public void of(List<CounterUpdate> batch, Consumer<ProducerRecord<byte[], byte[]>> send) {
    for (CounterUpdate update : batch) {
      send.accept(
          new ProducerRecord<>(
              TOPIC,
              update.target().text().getBytes(StandardCharsets.UTF_8),
              json(update).getBytes(StandardCharsets.UTF_8)));
    }
  }

  private String json(CounterUpdate update) {
    // not a format string: that took half of this writer's time
    StringBuilder json = new StringBuilder(192);
    json.append("{\"target\":\"")
        .append(update.target().type().label())
        .append("\",\"target_id\":");
    IdJson.write(update.target().id(), json);
    for (CountedView counter : counters.of(update.target().type())) {
      json.append(",\"")
          .append(counter.name())
          .append("_count\":")
          .append(update.counts().of(counter));
    }
    return json.append(",\"version\":")
        .append(update.version())
        .append(",\"as_of\":\"")
        .append(Instant.ofEpochMilli(update.asOf()))
        .append(update.gone() ? "\",\"deleted\":true}" : "\"}")
        .toString();
  }
}
