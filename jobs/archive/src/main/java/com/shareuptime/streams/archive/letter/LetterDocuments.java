package com.shareuptime.streams.archive.letter;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes a document of each record of the topic {@code dead-letters}. */
public final class LetterDocuments implements KafkaRecordDeserializationSchema<LetterDocument> {
  private static final long serialVersionUID = 1L;

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<LetterDocument> out) {
    out.collect(LetterDocument.of(record));
  }

  @Override
  public TypeInformation<LetterDocument> getProducedType() {
    return LetterDocument.TYPE;
  }
}
