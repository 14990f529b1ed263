package com.shareuptime.streams.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.option.KafkaAddress;
import com.shareuptime.streams.option.OptionException;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class AlignedCheckpointsTest {

  private static KafkaInputs inputs(String unaligned) {
    Configuration options = new Configuration();
    options.setString("execution.checkpointing.interval", "10 s");
    options.setString("execution.checkpointing.unaligned.enabled", unaligned);
    return new KafkaInputs(
        "search",
        StreamExecutionEnvironment.createLocalEnvironment(1, options),
        new KafkaAddress("nowhere:9092", null),
        KafkaTopics.known("nowhere:9092", Map.of()));
  }

  @Test
  void aJobWithUnalignedCheckpointsIsRefused() {
    assertThatThrownBy(() -> inputs("true"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("execution.checkpointing.unaligned.enabled");
    assertThat(inputs("false").job()).isEqualTo("search");
  }
}
