package com.shareuptime.streams.counters.sink;

import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.counters.total.CounterDrift;
import com.shareuptime.streams.drift.DriftRecord;
import com.shareuptime.streams.sink.kafka.TopicWriter;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Corrections as records of the topic {@code counter-drift}. One may come again or late: readers
 * keep the highest version.
 */
final class DriftRecords implements TopicWriter.Records<CounterDrift> {
  private static final long serialVersionUID = 1L;

  private final String job;
  private final IdKinds entities;

  /**
   * @param job named in each record
   * @param entities what counters are called
   */
  DriftRecords(String job, IdKinds entities) {
    this.job = job;
    this.entities = entities;
  }

  @Override
  public void of(List<CounterDrift> batch, Consumer<ProducerRecord<byte[], byte[]>> send) {
    for (CounterDrift drift : batch) {
      DriftRecord record =
          new DriftRecord(
              drift.target().type().label(),
              drift.target().id(),
              entities.counter(drift.kind()).name(),
              drift.create() ? "create" : "delete",
              drift.reason().text(),
              drift.second() * 1000,
              drift.amount(),
              drift.version(),
              job);
      send.accept(new ProducerRecord<>(DriftRecord.TOPIC, record.key(), record.value()));
    }
  }
}
