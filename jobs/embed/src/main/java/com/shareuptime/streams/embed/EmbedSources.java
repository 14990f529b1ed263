package com.shareuptime.streams.embed;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.source.KafkaInputs;
import com.shareuptime.streams.source.RawRecord;
import com.shareuptime.streams.vector.DocumentVector;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What the embed job reads.
 *
 * @param rows cdc records of posts and reels
 * @param vectors the topic of vectors, up to where it ended at the first start
 */
public record EmbedSources(DataStream<CdcRecord> rows, DataStream<RawRecord> vectors) {

  /** The real ones. */
  static EmbedSources of(KafkaInputs kafka) {
    return new EmbedSources(
        kafka.rows(List.of(CdcTable.POSTS, CdcTable.REELS)),
        kafka
            .maybeIdle(
                List.of(DocumentVector.TOPIC),
                kafka
                    .raw(List.of(DocumentVector.TOPIC))
                    .setStartingOffsets(OffsetsInitializer.earliest())
                    .setBounded(OffsetsInitializer.latest())
                    .build(),
                WatermarkStrategy.<RawRecord>noWatermarks(), // until its end, which counts
                DocumentVector.TOPIC)
            .uid("source-vectors"));
  }
}
