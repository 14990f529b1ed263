package com.shareuptime.streams.feeds.sink;

import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.progress.Progress;
import com.shareuptime.streams.sink.kafka.TopicWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Progress of the deliveries as heartbeats in every partition of their topic: all deliveries that
 * the source's rows up to a beat have caused are ahead of it.
 *
 * @param partitions how many the topic has
 */
public record DeliveryBeats(int partitions) implements TopicWriter.Records<Progress> {

  @Override
  public void of(List<Progress> batch, Consumer<ProducerRecord<byte[], byte[]>> send) {
    for (Progress progress : batch) {
      for (int partition = 0; partition < partitions; partition++) {
        Heartbeat beat =
            new Heartbeat(
                progress.beatMicros(),
                progress.lsn(),
                partition,
                partitions,
                progress.snapshot() << Heartbeat.SNAPSHOT_SHIFT);
        var record =
            new ProducerRecord<byte[], byte[]>(
                DeliveryRecords.TOPIC,
                partition,
                ("heartbeat-" + partition).getBytes(StandardCharsets.US_ASCII),
                null);
        record.headers().add(Heartbeat.HEADER, beat.toHeader());
        send.accept(record);
      }
    }
  }
}
