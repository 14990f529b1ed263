package com.shareuptime.streams.source;

import com.shareuptime.streams.option.KafkaAddress;
import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Where partitions end. */
@FunctionalInterface
interface TopicEnds extends Serializable {

  /**
   * The offset behind the last record of each partition; 0 if there is none.
   *
   * @throws Exception if the brokers do not answer
   */
  Map<TopicPartition, Long> of(Collection<TopicPartition> partitions) throws Exception;

  /** As the brokers have it when they are asked. */
  static TopicEnds in(KafkaAddress kafka) {
    return partitions -> ask(kafka, partitions);
  }

  private static Map<TopicPartition, Long> ask(
      KafkaAddress kafka, Collection<TopicPartition> partitions)
      throws ExecutionException, InterruptedException {
    Properties properties = kafka.properties();
    properties.setProperty("default.api.timeout.ms", "15000");
    properties.setProperty("request.timeout.ms", "15000");
    try (Admin admin = Admin.create(properties)) {
      var begins = offsets(admin, partitions, OffsetSpec.earliest());
      var ends = offsets(admin, partitions, OffsetSpec.latest());
      Map<TopicPartition, Long> found = new HashMap<>();
      for (TopicPartition partition : partitions) {
        long end = ends.get(partition).offset();
        found.put(partition, begins.get(partition).offset() < end ? end : 0);
      }
      return found;
    }
  }

  private static Map<TopicPartition, ListOffsetsResultInfo> offsets(
      Admin admin, Collection<TopicPartition> partitions, OffsetSpec spec)
      throws ExecutionException, InterruptedException {
    return admin
        .listOffsets(partitions.stream().collect(Collectors.toMap(p -> p, p -> spec)))
        .all()
        .get();
  }
}
