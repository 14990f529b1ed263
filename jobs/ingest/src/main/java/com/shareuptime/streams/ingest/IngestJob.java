package com.shareuptime.streams.ingest;

import com.shareuptime.streams.ingest.check.StartChecks;
import com.shareuptime.streams.ingest.mapping.IngestModel;
import com.shareuptime.streams.ingest.slot.Captured;
import com.shareuptime.streams.ingest.slot.SlotSource;
import com.shareuptime.streams.ingest.topic.TopicRecord;
import com.shareuptime.streams.ingest.topic.TopicsSink;
import com.shareuptime.streams.ingest.topic.WriteTopics;
import com.shareuptime.streams.option.OptionLoader;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Reads the product's tables by one replication slot and keeps a compacted Kafka topic for each
 * entity that the model makes of them: a snapshot, then every change, at least once and in order
 * for each row, with a version by which readers drop repeats. See {@link WriteTopics} for what
 * stands in the topics.
 */
public final class IngestJob {
  private IngestJob() {}

  public static void main(String[] args) throws Exception {
    IngestOptions options = IngestOptions.of(OptionLoader.load(args, IngestOptions.OPTIONS.all()));
    IngestModel model = StartChecks.run(options);

    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    build(env, SlotSource.of(options, model.tables()), TopicsSink.sink(options), options, model);
    env.execute("ingest");
  }

  /**
   * The whole topology: one chain without a shuffle, because the order of a row's changes in the
   * slot must be their order in its partition.
   */
  public static void build(
      StreamExecutionEnvironment env,
      Source<Captured, ?, ?> source,
      Sink<TopicRecord> sink,
      IngestOptions options,
      IngestModel model) {
    env.getConfig().enableObjectReuse(); // what is captured is handed on, never copied
    env.fromSource(source, WatermarkStrategy.noWatermarks(), "read the slot", Captured.TYPE)
        .uid("slot")
        .setParallelism(1)
        .process(new WriteTopics(options, model))
        .returns(TopicRecord.TYPE)
        .name("versions, generations, heartbeats")
        .uid("write-topics")
        .setParallelism(1)
        .sinkTo(sink)
        .name("cdc topics")
        .uid("topics")
        .setParallelism(1);
  }
}
