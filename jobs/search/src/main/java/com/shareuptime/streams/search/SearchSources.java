package com.shareuptime.streams.search;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.option.OpenSearchAddress;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.search.bootstrap.KnownDocuments;
import com.shareuptime.streams.search.count.ParseCounts;
import com.shareuptime.streams.search.document.DocumentInput;
import com.shareuptime.streams.search.row.ParsePostEvent;
import com.shareuptime.streams.source.KafkaInputs;
import com.shareuptime.streams.source.RawRecord;
import com.shareuptime.streams.vector.DocumentVector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What the search job reads.
 *
 * @param rows cdc records of users, posts and reels; without posts in the mode 'events'
 * @param postEvents the topic posts-events, in the mode 'events' of a run that writes posts
 * @param counts the topic counter-updates; time waits for what is in it at a start, so that no
 *     document is written without its counts
 * @param control the topic pipeline-control
 * @param known documents that the indexes hold when the job starts without state
 * @param vectors the topic document-vectors, if documents are to have vectors; waited for likewise
 */
public record SearchSources(
    DataStream<CdcRecord> rows,
    Optional<DataStream<RawRecord>> postEvents,
    DataStream<RawRecord> counts,
    DataStream<RawRecord> control,
    DataStream<DocumentInput> known,
    Optional<DataStream<RawRecord>> vectors) {

  /** Silence after which the events no longer hold time back. */
  private static final Duration IDLE = Duration.ofSeconds(1);

  /**
   * The real ones.
   *
   * @param targets whose rows are read, and whose documents are looked at
   * @param kinds of the ids of these
   */
  static SearchSources of(
      KafkaInputs kafka, SearchTargets targets, IdKinds kinds, ReadableConfig options) {
    SearchMode mode = options.get(SearchOptions.MODE);
    List<CdcTable> tables = new ArrayList<>(List.of(CdcTable.USERS));
    targets.types().stream()
        .filter(mode::usesRows)
        .sorted()
        .forEach(type -> tables.add(type.table()));
    return new SearchSources(
        kafka.rows(tables),
        targets.types().stream().allMatch(mode::usesRows)
            ? Optional.empty()
            : Optional.of(postEvents(kafka)),
        kafka.readFirst(ParseCounts.TOPIC).uid("source-counts"),
        kafka.control(),
        kafka
            .env()
            .fromSource(
                new NumberSequenceSource(0, 0),
                WatermarkStrategy.noWatermarks(),
                "start without state")
            .uid("source-start")
            .setParallelism(1)
            .flatMap(
                new KnownDocuments(
                    PostgresAddress.sink(options),
                    OpenSearchAddress.of(options),
                    targets,
                    mode,
                    kinds))
            .returns(DocumentInput.TYPE)
            .name("documents that the indexes hold")
            .uid("known-documents")
            .setParallelism(1),
        options.get(SearchOptions.VECTORS)
            ? Optional.of(kafka.readFirst(DocumentVector.TOPIC).uid("source-vectors"))
            : Optional.empty());
  }

  /**
   * Events, as of their append time: while there are some, they hold time back to theirs, so that
   * the gate of a restart waits for those that are read again. When there are none, time is that of
   * the rows, which is never idle: it is never ahead of them. Of an aborted transaction none is
   * read: nothing would ever take its documents back.
   */
  private static DataStream<RawRecord> postEvents(KafkaInputs kafka) {
    return kafka
        .maybeIdle(
            List.of(ParsePostEvent.TOPIC),
            kafka
                .raw(List.of(ParsePostEvent.TOPIC))
                .setProperty("isolation.level", "read_committed")
                .setStartingOffsets(OffsetsInitializer.earliest())
                .build(),
            WatermarkStrategy.<RawRecord>forMonotonousTimestamps().withIdleness(IDLE),
            ParsePostEvent.TOPIC)
        .uid("source-post-events");
  }
}
