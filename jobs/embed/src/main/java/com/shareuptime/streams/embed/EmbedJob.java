package com.shareuptime.streams.embed;

import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.deadletter.DeadLetterSink;
import com.shareuptime.streams.embed.text.ParseText;
import com.shareuptime.streams.embed.text.TextRow;
import com.shareuptime.streams.embed.topic.ParseVector;
import com.shareuptime.streams.embed.topic.VectorRecords;
import com.shareuptime.streams.embed.vector.KnownVector;
import com.shareuptime.streams.embed.vector.VectorSettings;
import com.shareuptime.streams.embed.vector.VectorType;
import com.shareuptime.streams.embed.vector.Vectors;
import com.shareuptime.streams.option.KafkaAddress;
import com.shareuptime.streams.option.OptionException;
import com.shareuptime.streams.option.OptionLoader;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.sink.CoalescingSink;
import com.shareuptime.streams.sink.SinkOptions;
import com.shareuptime.streams.sink.kafka.TopicWriter;
import com.shareuptime.streams.source.KafkaInputs;
import com.shareuptime.streams.source.KafkaTopics;
import com.shareuptime.streams.vector.DocumentVector;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Keeps a vector of the text of each post and reel in the topic {@code document-vectors}.
 *
 * <pre>
 * posts, reels ─────────────────── vectors ─ document-vectors
 * document-vectors, as it was ──────┘
 * </pre>
 */
public final class EmbedJob {
  /** The job's name in the web UI and in dead letters. */
  public static final String NAME = "embed";

  private static final Duration FLUSH = Duration.ofMillis(50);
  private static final int BATCH = 500;

  /** A vector takes some 3 KB, in memory and in a checkpoint. */
  private static final int MAX_PENDING = 10_000;

  private EmbedJob() {}

  /**
   * Submits the job; arguments are {@code --config FILE} and {@code --key value}.
   *
   * @throws OptionException if an option is wrong, or a server lacks what the job needs
   */
  public static void main(String[] args) throws Exception {
    Configuration options = OptionLoader.load(args, EmbedOptions.OPTIONS.all());
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    KafkaAddress kafka = KafkaAddress.of(options);
    build(
        EmbedSources.of(new KafkaInputs(NAME, env, kafka, KafkaTopics.of(kafka))),
        kafka,
        EmbedOptions.vectors(options),
        PostgresAddress.sink(options).idKinds());
    env.execute(NAME);
  }

  /** Puts the diagram together; starts nothing. */
  static void build(EmbedSources in, KafkaAddress out, VectorSettings settings, IdKinds kinds) {
    var texts =
        in.rows()
            .process(new ParseText(NAME, kinds))
            .returns(TextRow.TYPE)
            .name("parse texts")
            .uid("parse-texts")
            .setParallelism(in.rows().getParallelism());
    var known =
        in.vectors()
            .process(new ParseVector(NAME, kinds))
            .returns(KnownVector.TYPE)
            .name("parse vectors")
            .uid("parse-vectors")
            .setParallelism(in.vectors().getParallelism());
    var vectors =
        texts
            .connect(known)
            .keyBy(TextRow::document, KnownVector::document, Types.STRING)
            .transform("vectors", VectorType.TYPE, new Vectors(settings, kinds))
            .uid("vectors");
    DataStream<DeadLetter> letters =
        texts
            .getSideOutput(ParseText.DEAD_LETTERS)
            .union(known.getSideOutput(ParseVector.DEAD_LETTERS), write(vectors, out));
    DeadLetterSink.write(letters, out);
  }

  /** The newest record of a document counts, and it is the same one again after a failure. */
  private static DataStream<DeadLetter> write(
      DataStream<DocumentVector> vectors, KafkaAddress kafka) {
    return new CoalescingSink<>(
            vector -> vector.target() + ':' + vector.targetId(),
            any -> 0, // in order
            TopicWriter.toCompacted(kafka, DocumentVector.TOPIC, new VectorRecords()),
            SinkOptions.of(NAME, DocumentVector.TOPIC, FLUSH)
                .withBatchSize(BATCH)
                .withMaxPendingKeys(MAX_PENDING))
        .write(vectors)
        .uid("sink-vectors")
        .map(refused -> refused)
        .returns(DeadLetter.TYPE)
        .name("refused vectors")
        // a savepoint of a build that wrote by Flink's sink holds a committer, of nothing
        .uid("Sink Committer: sink-vectors");
  }
}
