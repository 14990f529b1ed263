package com.shareuptime.streams.source;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcRecordDeserializer;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.HeartbeatWatermarks;
import com.shareuptime.streams.contract.control.ControlMessage;
import com.shareuptime.streams.option.KafkaAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What a job reads from Kafka. A source is no wider than the widest of its topics, and what parses
 * its records takes its parallelism over, so that they stay in one chain: a rebalance would mix the
 * order of a key's rows.
 *
 * @param job its consumer group is {@code streams-JOB}
 * @param topics as the brokers had them at the submission
 */
public record KafkaInputs(
    String job, StreamExecutionEnvironment env, KafkaAddress kafka, KafkaTopics topics) {
  public KafkaInputs {
    AlignedCheckpoints.require(env);
  }

  /** Rows of tables from the beginning of their topics, with the heartbeats as watermarks. */
  public DataStream<CdcRecord> rows(List<CdcTable> tables) {
    List<String> names = tables.stream().map(CdcTable::topic).toList();
    topics.require(names);
    Map<CdcTable, Integer> partitions =
        tables.stream()
            .collect(
                Collectors.toMap(Function.identity(), table -> topics.partitions(table.topic())));
    KafkaSource<CdcRecord> source =
        from(names, new CdcRecordDeserializer(tables))
            .setStartingOffsets(OffsetsInitializer.earliest())
            .build();
    return neverIdle(names, source, HeartbeatWatermarks.ofTables(partitions), "cdc rows")
        .uid("source-rows");
  }

  /** Records of topics whose time is never idle, except in a reader that has no partition. */
  public <T> SingleOutputStreamOperator<T> neverIdle(
      List<String> names, KafkaSource<T> source, WatermarkStrategy<T> watermarks, String name) {
    return spread(names, source, source.getProducedType(), watermarks, name);
  }

  /**
   * All records of a topic, which say nothing about time but are to be known before anything is
   * written: at every start, time waits until all that is in the topic then has been read.
   */
  public SingleOutputStreamOperator<RawRecord> readFirst(String topic) {
    KafkaSource<RawRecord> source =
        raw(List.of(topic)).setStartingOffsets(OffsetsInitializer.earliest()).build();
    return spread(
        List.of(topic),
        new CatchUpSource(source, TopicEnds.in(kafka)),
        source.getProducedType(),
        WatermarkStrategy.noWatermarks(),
        topic);
  }

  private <T> SingleOutputStreamOperator<T> spread(
      List<String> names,
      Source<T, ?, ?> source,
      TypeInformation<T> type,
      WatermarkStrategy<T> watermarks,
      String name) {
    int partitions = names.stream().mapToInt(topics::partitions).sum();
    return env.fromSource(new SpreadSource<>(source, type, partitions), watermarks, name)
        .setParallelism(width(names));
  }

  /** Records of topics whose time may be idle. */
  public <T> SingleOutputStreamOperator<T> maybeIdle(
      List<String> names, KafkaSource<T> source, WatermarkStrategy<T> watermarks, String name) {
    return env.fromSource(source, watermarks, name).setParallelism(width(names));
  }

  /** As wide as the job, but no wider than the widest topic: no reader is without a partition. */
  private int width(List<String> names) {
    int widest = names.stream().mapToInt(topics::partitions).max().orElseThrow();
    return Math.min(env.getParallelism(), widest);
  }

  /** Control messages from now on; they never hold time back. */
  public DataStream<RawRecord> control() {
    KafkaSource<RawRecord> source =
        raw(List.of(ControlMessage.TOPIC)).setStartingOffsets(OffsetsInitializer.latest()).build();
    return env.fromSource(source, new IdleWatermarks<RawRecord>(), ControlMessage.TOPIC)
        .uid("source-control")
        .setParallelism(1);
  }

  /** Records of topics as they are; where to start is the caller's to say. */
  public KafkaSourceBuilder<RawRecord> raw(List<String> names) {
    return from(names, new RawRecord.Deserializer());
  }

  /**
   * Records of topics; where to start is the caller's to say.
   *
   * @throws com.shareuptime.streams.option.OptionException if a topic is missing
   */
  public <T> KafkaSourceBuilder<T> from(
      List<String> names, KafkaRecordDeserializationSchema<T> deserializer) {
    topics.require(names);
    return KafkaSource.<T>builder()
        .setProperties(kafka.consumerProperties())
        .setGroupId("streams-" + job)
        .setTopics(names)
        .setDeserializer(deserializer)
        .setProperty("partition.discovery.interval.ms", "60000");
  }
}
