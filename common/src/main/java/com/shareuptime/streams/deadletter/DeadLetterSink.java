package com.shareuptime.streams.deadletter;

import com.shareuptime.streams.option.KafkaAddress;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Writes dead letters to their topic, at least once. */
public final class DeadLetterSink {
  private DeadLetterSink() {}

  /** Ends {@code letters} in the topic {@link DeadLetterRecord#TOPIC}; one such sink a job. */
  public static void write(DataStream<DeadLetter> letters, KafkaAddress kafka) {
    letters
        .sinkTo(
            KafkaSink.<DeadLetter>builder()
                .setKafkaProducerConfig(kafka.properties())
                .setProperty("max.request.size", Integer.toString(DeadLetterRecord.MAX_BYTES))
                .setProperty("compression.type", "lz4")
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(new DeadLetterRecord())
                .build())
        .name("write dead-letters")
        .uid("sink-dead-letters");
  }
}
