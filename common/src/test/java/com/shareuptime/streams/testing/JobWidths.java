package com.shareuptime.streams.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.option.KafkaAddress;
import com.shareuptime.streams.source.KafkaInputs;
import com.shareuptime.streams.source.KafkaTopics;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * How wide a job's parts run when it is submitted wider than its topics have partitions. Nothing is
 * started here: the job's graph is looked at.
 */
public final class JobWidths {
  private static final int PARTITIONS = 4;
  private static final int WIDEST_JOB = 32;

  private JobWidths() {}

  /** Puts a job together. */
  public interface Build {
    void build(KafkaInputs kafka);
  }

  /** Every source has a partition for each reader, and what parses its records is chained to it. */
  public static void verify(String job, Collection<String> topics, Build build) {
    KafkaTopics known =
        KafkaTopics.known(
            "nowhere:9092",
            topics.stream().collect(Collectors.toMap(Function.identity(), topic -> PARTITIONS)));
    for (int width = 1; width <= WIDEST_JOB; width++) {
      StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(width);
      build.build(new KafkaInputs(job, env, new KafkaAddress("nowhere:9092", null), known));
      List<JobVertex> vertices =
          Arrays.asList(env.getStreamGraph().getJobGraph().getVerticesAsArray());
      assertThat(vertices).extracting(JobVertex::getParallelism).contains(width);
      List<JobVertex> sources =
          vertices.stream()
              .filter(JobVertex::isInputVertex)
              .filter(vertex -> !vertex.getName().startsWith("Source: start without state"))
              .toList();
      assertThat(sources).extracting(JobVertex::getName).allMatch(name -> name.contains("parse "));
      for (JobVertex source : sources) {
        assertThat(source.getParallelism())
            .as(source.getName())
            .isIn(1, Math.min(width, PARTITIONS));
      }
      int readers = Math.min(width, PARTITIONS);
      assertThat(sources).anyMatch(source -> source.getParallelism() == readers);
    }
  }
}
