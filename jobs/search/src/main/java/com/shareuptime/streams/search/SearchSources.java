package com.shareuptime.streams.search;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.search.count.ParseCounts;
import com.shareuptime.streams.source.IdleWatermarks;
import com.shareuptime.streams.source.KafkaInputs;
import com.shareuptime.streams.source.RawRecord;
import com.shareuptime.streams.vector.DocumentVector;
import java.util.List;
import java.util.Optional;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What the search job reads.
 *
 * @param rows cdc records of users, posts and reels
 * @param counts the topic counter-updates
 * @param control the topic pipeline-control
 * @param vectors the topic document-vectors, if documents are to have vectors
 */
public record SearchSources(
    DataStream<CdcRecord> rows,
    DataStream<RawRecord> counts,
    DataStream<RawRecord> control,
    Optional<DataStream<RawRecord>> vectors) {
  private static final List<CdcTable> TABLES =
      List.of(CdcTable.USERS, CdcTable.POSTS, CdcTable.REELS);

  /** The real ones. */
  static SearchSources of(KafkaInputs kafka, boolean vectors) {
    return new SearchSources(
        kafka.rows(TABLES),
        beside(kafka, ParseCounts.TOPIC, "source-counts"),
        kafka.control(),
        vectors
            ? Optional.of(beside(kafka, DocumentVector.TOPIC, "source-vectors"))
            : Optional.empty());
  }

  /** Records of other jobs, which say nothing about the time of rows. */
  private static DataStream<RawRecord> beside(KafkaInputs kafka, String topic, String uid) {
    return kafka
        .env()
        .fromSource(
            kafka.raw(List.of(topic)).setStartingOffsets(OffsetsInitializer.earliest()).build(),
            new IdleWatermarks<RawRecord>(),
            topic)
        .uid(uid);
  }
}
