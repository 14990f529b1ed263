package com.shareuptime.streams.feeds;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.feeds.sink.FeedSinks;
import com.shareuptime.streams.testing.JobWidths;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class WidthTest {
  private static final List<String> TOPICS =
      Stream.concat(
              Stream.of("user-activity", "pipeline-control"),
              CdcTable.FIXED.stream().map(CdcTable::topic))
          .toList();

  @Test
  void everyReaderHasAPartitionHoweverWideTheJobIs() {
    Configuration options = new Configuration();
    JobWidths.verify(
        FeedsJob.NAME,
        TOPICS,
        kafka ->
            FeedsJob.build(
                FeedSources.of(kafka, options, IdKinds.NUMBERS),
                IdKinds.NUMBERS,
                new FeedSinks(FeedsJob.NAME, options, 4),
                FeedOptions.audience(options, 0),
                FeedOptions.fanOut(options),
                () -> 1,
                1_000));
  }
}
