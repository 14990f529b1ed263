package com.shareuptime.streams.counters;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.counters.sink.StoreSinks;
import com.shareuptime.streams.testing.JobWidths;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WidthTest {
  private static final List<String> TOPICS =
      Stream.of(
              CountedView.CANONICAL.stream().map(CountedView::eventsTopic),
              new CountedTables(IdKinds.NUMBERS).all().stream().map(CdcTable::topic),
              Stream.of("cdc.users", "pipeline-control"))
          .flatMap(topics -> topics)
          .toList();

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
                CounterSources.of(kafka, options, IdKinds.NUMBERS),
                new StoreSinks(CountersJob.NAME, options, IdKinds.NUMBERS),
                () -> 1,
                CounterOptions.totals(options, Duration.ZERO),
                options));
  }
}
