package com.shareuptime.streams.search;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.search.count.ParseCounts;
import com.shareuptime.streams.source.IdleWatermarks;
import com.shareuptime.streams.source.KafkaInputs;
import com.shareuptime.streams.source.RawRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What the search job reads.
 *
 * @param rows cdc records of users, posts and reels
 * @param counts the topic counter-updates
 * @param control the topic pipeline-control
 */
public record SearchSources(
    DataStream<CdcRecord> rows, DataStream<RawRecord> counts, DataStream<RawRecord> control) {

  /**
   * The real ones.
   *
   * @param types whose rows are read
   */
  static SearchSources of(KafkaInputs kafka, Set<DocumentType> types) {
    List<CdcTable> tables = new ArrayList<>(List.of(CdcTable.USERS));
    types.stream().sorted().forEach(type -> tables.add(type.table()));
    return new SearchSources(
        kafka.rows(tables),
        kafka
            .env()
            .fromSource(
                kafka
                    .raw(List.of(ParseCounts.TOPIC))
                    .setStartingOffsets(OffsetsInitializer.earliest())
                    .build(),
                new IdleWatermarks<RawRecord>(), // counts say nothing about the time of rows
                ParseCounts.TOPIC)
            .uid("source-counts"),
        kafka.control());
  }
}
