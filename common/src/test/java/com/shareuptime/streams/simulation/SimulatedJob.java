package com.shareuptime.streams.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A job under simulation: its own {@code build}, planned by Flink itself, so that what is run is
 * the topology that is deployed: operators, chains, keys, side outputs and broadcasts. Planning is
 * done once for each parallelism.
 */
public final class SimulatedJob {
  /** Puts the job together, with {@link SimulatedSource}s and with sinks of the test's own. */
  @FunctionalInterface
  public interface Builder {
    void build(StreamExecutionEnvironment env) throws Exception;
  }

  private final int maxParallelism;
  private final Builder builder;
  private final Set<String> ended;
  private UnaryOperator<Object> replacement = UnaryOperator.identity();
  private final Map<Integer, Topology> byParallelism = new HashMap<>();

  /**
   * @param maxParallelism 720 as deployed; a small one makes state cheaper
   * @param ended uids of the job's own sources that have nothing, and are at the end of time
   */
  public SimulatedJob(int maxParallelism, Builder builder, String... ended) {
    this.maxParallelism = maxParallelism;
    this.builder = builder;
    this.ended = Set.of(ended);
  }

  /**
   * Puts others in the place of objects of its operators: of what is too large for a simulation.
   */
  public SimulatedJob replacing(UnaryOperator<Object> by) {
    replacement = by;
    return this;
  }

  Topology topology(int parallelism) throws Exception {
    Topology known = byParallelism.get(parallelism);
    if (known == null) {
      known = plan(parallelism);
      byParallelism.put(parallelism, known);
    }
    return known;
  }

  private Topology plan(int parallelism) throws Exception {
    Configuration options = new Configuration();
    options.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    options.set(PipelineOptions.MAX_PARALLELISM, maxParallelism);
    options.set(PipelineOptions.OBJECT_REUSE, true);
    options.set(PipelineOptions.GENERIC_TYPES, false);
    options.setString("state.backend.type", "hashmap");
    var env = StreamExecutionEnvironment.getExecutionEnvironment(options);
    env.setParallelism(parallelism);
    env.setMaxParallelism(maxParallelism);
    builder.build(env);
    return new Topology(env.getStreamGraph(), env.getConfig(), maxParallelism, ended, replacement);
  }
}
