package com.shareuptime.streams.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.option.KafkaAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicEndsIT {
  private static final AtomicInteger TOPICS = new AtomicInteger();

  private final KafkaAddress kafka =
      new KafkaAddress(LocalStack.shared(Set.of(Server.KAFKA)).kafkaBootstrap(), null);
  private final String topic = "topic-ends-" + TOPICS.incrementAndGet();
  private final TopicPartition written = new TopicPartition(topic, 0);
  private final TopicPartition empty = new TopicPartition(topic, 1);

  @BeforeEach
  void create() throws Exception {
    try (Admin admin = Admin.create(kafka.properties())) {
      admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
    }
  }

  @Test
  void theEndIsBehindTheLastRecordAndNotBehindItsCommit() throws Exception {
    Properties properties = kafka.properties();
    properties.setProperty("transactional.id", topic);
    try (var producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      for (int transaction = 1; transaction <= 3; transaction++) {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topic, written.partition(), null, value(transaction)));
        producer.commitTransaction();
      }
    }

    assertThat(TopicEnds.in(kafka).of(List.of(written, empty)))
        .isEqualTo(
            Map.of(written, 5L, empty, 0L)); // record, mark, record, mark, record; then a mark
  }

  @Test
  void withoutTransactionsTheEndIsThePartitions() throws Exception {
    try (var producer =
        new KafkaProducer<>(
            kafka.properties(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int record = 1; record <= 200; record++) {
        producer.send(new ProducerRecord<>(topic, written.partition(), null, value(record)));
      }
    }

    assertThat(TopicEnds.in(kafka).of(List.of(written))).isEqualTo(Map.of(written, 200L));
  }

  private static byte[] value(int number) {
    return Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
  }
}
