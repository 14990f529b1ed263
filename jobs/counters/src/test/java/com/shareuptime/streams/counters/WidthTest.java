package com.shareuptime.streams.counters;

import com.shareuptime.streams.counters.sink.StoreSinks;
import com.shareuptime.streams.testing.JobWidths;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WidthTest {
  private static final List<String> TOPICS =
      List.of(
          "likes-events",
          "comments-events",
          "shares-events",
          "cdc.likes",
          "cdc.comments",
          "cdc.shares",
          "cdc.posts",
          "cdc.reels",
          "cdc.users",
          "pipeline-control");

  @ParameterizedTest
  @EnumSource(names = {"EVENTS_AND_ROWS", "EVENTS"})
  void everyReaderHasAPartitionHoweverWideTheJobIs(CounterMode mode) {
    Configuration options = new Configuration();
    options.set(CounterOptions.MODE, mode);
    JobWidths.verify(
        CountersJob.NAME,
        TOPICS,
        kafka ->
            CountersJob.build(
                CounterSources.of(kafka, options),
                new StoreSinks(CountersJob.NAME, options),
                () -> 1,
                CounterOptions.totals(options, Duration.ZERO),
                options));
  }
}
