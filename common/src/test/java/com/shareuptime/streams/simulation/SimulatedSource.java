package com.shareuptime.streams.simulation;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.source.ParallelSourceFunction;

/**
 * The place of a source in a job's graph. It is never run: what a {@link SimulatedRun} reads in its
 * stead is the {@link SimulatedTopic}s of the same name.
 */
@SuppressWarnings("deprecation") // a mark in the graph, and the shortest that Flink has
public final class SimulatedSource<T> implements ParallelSourceFunction<T> {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final WatermarkStrategy<T> watermarks;

  private SimulatedSource(String name, WatermarkStrategy<T> watermarks) {
    this.name = name;
    this.watermarks = watermarks;
  }

  /**
   * A source of a job under simulation, as wide as the job.
   *
   * @param name by which {@link SimulatedRun} is given its topics
   * @param watermarks of each partition, as the job has them
   */
  public static <T> DataStream<T> of(
      StreamExecutionEnvironment env,
      String name,
      TypeInformation<T> type,
      WatermarkStrategy<T> watermarks) {
    return env.addSource(new SimulatedSource<>(name, watermarks), name, type).uid("source-" + name);
  }

  /** The same by one subtask. */
  public static <T> DataStream<T> single(
      StreamExecutionEnvironment env,
      String name,
      TypeInformation<T> type,
      WatermarkStrategy<T> watermarks) {
    return env.addSource(new SimulatedSource<>(name, watermarks), name, type)
        .setParallelism(1)
        .uid("source-" + name);
  }

  String name() {
    return name;
  }

  WatermarkStrategy<T> watermarks() {
    return watermarks;
  }

  @Override
  public void run(SourceContext<T> context) {
    throw new IllegalStateException("only a place in the graph");
  }

  @Override
  public void cancel() {}
}
