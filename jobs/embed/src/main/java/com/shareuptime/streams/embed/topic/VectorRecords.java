package com.shareuptime.streams.embed.topic;

import com.shareuptime.streams.sink.kafka.TopicWriter;
import com.shareuptime.streams.vector.DocumentVector;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Vectors as records of their topic. */
public final class VectorRecords implements TopicWriter.Records<DocumentVector> {
  private static final long serialVersionUID = 1L;

  @Override
  public void of(List<DocumentVector> batch, Consumer<ProducerRecord<byte[], byte[]>> send) {
    for (DocumentVector vector : batch) {
      send.accept(new ProducerRecord<>(DocumentVector.TOPIC, vector.key(), vector.value()));
    }
  }
}
