package com.shareuptime.streams.cli.tail;

import java.time.Instant;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Picks from the records of some topics what concerns somebody. */
public interface RecordFilter {
  Set<String> topics();

  /** Records of these topics are wanted from then on. */
  Instant since();

  /** Takes a record; those of one partition come in its order. */
  void see(ConsumerRecord<byte[], byte[]> record);
}
