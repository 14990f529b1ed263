package com.shareuptime.streams.contract.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.topic.Topic.Setting;
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
    for (String table : Topics.TABLES) {
      assertThat(Topics.ALL)
          .filteredOn(topic -> topic.name().equals("cdc." + table))
          .singleElement()
          .satisfies(
              topic ->
                  assertThat(topic.settings())
                      .contains(Setting.exactly("cleanup.policy", "compact")));
    }
  }
}
