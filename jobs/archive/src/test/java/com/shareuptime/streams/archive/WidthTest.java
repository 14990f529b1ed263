package com.shareuptime.streams.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.option.KafkaAddress;
import com.shareuptime.streams.source.KafkaInputs;
import com.shareuptime.streams.source.KafkaTopics;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WidthTest {
  private static final int PARTITIONS = 4;

  /** No network, and an outage of one store starts only the half that writes to it anew. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 32})
  void eachTopicIsOneChainToItsStoreAndNoWiderThanTheTopic(int width) {
    KafkaTopics topics =
        KafkaTopics.known(
            "nowhere:9092", Map.of("counter-drift", PARTITIONS, "dead-letters", PARTITIONS));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(width);
    KafkaAddress nowhere = new KafkaAddress("nowhere:9092", null);
    ArchiveJob.build(
        new KafkaInputs(ArchiveJob.NAME, env, nowhere, topics),
        new Configuration(),
        IdKinds.NUMBERS);
    List<JobVertex> sources =
        Arrays.stream(env.getStreamGraph().getJobGraph().getVerticesAsArray())
            .filter(JobVertex::isInputVertex)
            .toList();
    assertThat(sources)
        .hasSize(2)
        .allSatisfy(
            chain -> assertThat(chain.getParallelism()).isEqualTo(Math.min(width, PARTITIONS)))
        .extracting(JobVertex::getName)
        .anyMatch(name -> name.matches(".*counter-drift -> parse drift -> .*write counter_drift.*"))
        .anyMatch(name -> name.matches(".*dead-letters -> write the index dead-letters.*"));
  }
}
