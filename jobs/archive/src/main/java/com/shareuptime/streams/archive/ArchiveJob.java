package com.shareuptime.streams.archive;

import com.shareuptime.streams.archive.letter.LetterDocument;
import com.shareuptime.streams.archive.letter.LetterDocuments;
import com.shareuptime.streams.archive.parse.ParseDrift;
import com.shareuptime.streams.archive.sink.DriftTable;
import com.shareuptime.streams.archive.sink.LetterIndex;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.deadletter.DeadLetterRecord;
import com.shareuptime.streams.deadletter.DeadLetterSink;
import com.shareuptime.streams.drift.DriftRecord;
import com.shareuptime.streams.option.ConnectionOptions;
import com.shareuptime.streams.option.KafkaAddress;
import com.shareuptime.streams.option.OpenSearchAddress;
import com.shareuptime.streams.option.OptionException;
import com.shareuptime.streams.option.OptionLoader;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.source.KafkaInputs;
import com.shareuptime.streams.source.KafkaTopics;
import com.shareuptime.streams.source.RawRecord;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Keeps corrections of counts in a table, and dead letters where they can be searched.
 *
 * <pre>
 * counter-drift ─ parse ─ streams.counter_drift
 *                   └ dead-letters
 * dead-letters ─ the index dead-letters
 * </pre>
 *
 * At least once, and nothing more: no surface depends on it. A record that is read again writes the
 * same row or document again.
 */
public final class ArchiveJob {
  /** The job's name in the web UI and in dead letters. */
  public static final String NAME = "archive";

  private ArchiveJob() {}

  /**
   * Submits the job; arguments are {@code --config FILE} and {@code --key value}.
   *
   * @throws OptionException if an option is wrong, or a server lacks what the job needs
   */
  public static void main(String[] args) throws Exception {
    Configuration options = OptionLoader.load(args, ConnectionOptions.all());
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    KafkaAddress kafka = KafkaAddress.of(options);
    build(
        new KafkaInputs(NAME, env, kafka, KafkaTopics.of(kafka)),
        options,
        PostgresAddress.sink(options).idKinds());
    env.execute(NAME);
  }

  /** Puts the diagram together; starts nothing. */
  static void build(KafkaInputs in, ReadableConfig options, IdKinds kinds) {
    archiveDrift(in, options, kinds);
    archiveLetters(in, options);
  }

  private static void archiveDrift(KafkaInputs in, ReadableConfig options, IdKinds kinds) {
    String topic = DriftRecord.TOPIC;
    SingleOutputStreamOperator<RawRecord> records =
        read(in, topic, in.raw(List.of(topic))).uid("source-drift");
    SingleOutputStreamOperator<DriftRecord> drift =
        records
            .process(new ParseDrift(NAME, kinds))
            .returns(DriftRecord.TYPE)
            .name("parse drift")
            .uid("parse-drift")
            .setParallelism(records.getParallelism());
    drift
        .sinkTo(DriftTable.sink(PostgresAddress.sink(options), kinds.targets()))
        .name("write counter_drift")
        .uid("sink-drift")
        .setParallelism(records.getParallelism());
    DeadLetterSink.write(drift.getSideOutput(ParseDrift.DEAD_LETTERS), in.kafka());
  }

  private static void archiveLetters(KafkaInputs in, ReadableConfig options) {
    String topic = DeadLetterRecord.TOPIC;
    SingleOutputStreamOperator<LetterDocument> letters =
        read(in, topic, in.from(List.of(topic), new LetterDocuments())).uid("source-dead-letters");
    letters
        .sinkTo(LetterIndex.sink(OpenSearchAddress.of(options)))
        .name("write the index dead-letters")
        .uid("sink-letter-index")
        .setParallelism(letters.getParallelism());
  }

  private static <T> SingleOutputStreamOperator<T> read(
      KafkaInputs in, String topic, KafkaSourceBuilder<T> source) {
    return in.maybeIdle(
        List.of(topic),
        source.setStartingOffsets(OffsetsInitializer.earliest()).build(),
        WatermarkStrategy.noWatermarks(),
        topic);
  }
}
