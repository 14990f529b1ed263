package com.shareuptime.streams.contract.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Products;
import com.shareuptime.streams.contract.topic.Topic.Setting;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.Test;

class TopicsTest {
  @Test
  void aLongerRetentionServesAsWell() {
    Setting aWeek = Setting.atLeast("delete.retention.ms", 604_800_000);

    assertThat(aWeek.isMetBy("604800000")).isTrue();
    assertThat(aWeek.isMetBy("999999999")).isTrue();
    assertThat(aWeek.isMetBy("-1")).as("without end").isTrue();
    assertThat(aWeek.isMetBy("86400000")).isFalse();
  }

  @Test
  void aTimestampOfTheProducerDoesNotServe() {
    assertThat(Setting.exactly("message.timestamp.type", "LogAppendTime").isMetBy("CreateTime"))
        .isFalse();
  }

  @Test
  void everyPublishedTableHasACompactedTopic() {
    for (String table : Topics.entities(List.of("likes", "votes"))) {
      assertThat(Topics.of(Products.WITH_VOTES_OF_USERS.counters()))
          .filteredOn(topic -> topic.name().equals("cdc." + table))
          .singleElement()
          .satisfies(
              topic ->
                  assertThat(topic.settings())
                      .contains(Setting.exactly("cleanup.policy", "compact")));
    }
  }

  /** A job without state learns from the topic who is active. */
  @Test
  void activityIsKeptForAsLongAsItCounts() {
    assertThat(Topics.ALL)
        .filteredOn(topic -> topic.name().equals("user-activity"))
        .singleElement()
        .satisfies(
            topic ->
                assertThat(topic.settings())
                    .contains(Setting.atLeast("retention.ms", Duration.ofDays(30).toMillis())));
  }

  @Test
  void aNewTopicHasThreeCopiesWhereThereAreThreeBrokers() {
    NewTopic one = Topics.creation(Topics.ALL.get(0), 1);
    NewTopic three = Topics.creation(Topics.ALL.get(0), 3);

    assertThat(one.replicationFactor()).isEqualTo((short) 1);
    assertThat(one.configs()).doesNotContainKey("min.insync.replicas");
    assertThat(three.replicationFactor()).isEqualTo((short) 3);
    assertThat(three.configs()).containsEntry("min.insync.replicas", "2");
  }

  @Test
  void aTopicThatOneOfThreeBrokersHasIsAProblem() {
    Node broker = new Node(1, "kafka", 9092);
    TopicDescription topic =
        new TopicDescription(
            "cdc.posts",
            false,
            List.of(new TopicPartitionInfo(0, broker, List.of(broker), List.of(broker))));

    assertThat(Topics.copies(topic, 1)).isEmpty();
    assertThat(Topics.copies(topic, 3))
        .hasValueSatisfying(
            problem -> {
              assertThat(problem.what()).isEqualTo("only one of 3 brokers has its records");
              assertThat(problem.remedy())
                  .contains("--topic cdc.posts --add-config min.insync.replicas=2");
            });
  }
}
