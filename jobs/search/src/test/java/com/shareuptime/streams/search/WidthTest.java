package com.shareuptime.streams.search;

import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.search.sink.SearchSinks;
import com.shareuptime.streams.testing.JobWidths;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WidthTest {
  private static final List<String> TOPICS =
      List.of(
          "cdc.users",
          "cdc.posts",
          "cdc.reels",
          "posts-events",
          "counter-updates",
          "document-vectors",
          "pipeline-control");

  @ParameterizedTest
  @EnumSource
  void everyReaderHasAPartitionHoweverWideTheJobIs(SearchMode mode) {
    Configuration options = new Configuration();
    options.set(SearchOptions.MODE, mode);
    options.set(SearchOptions.VECTORS, true);
    var targets =
        new SearchTargets(Map.of(DocumentType.POST, "posts-1", DocumentType.REEL, "reels-1"));
    JobWidths.verify(
        SearchJob.NAME,
        TOPICS,
        kafka ->
            SearchJob.build(
                SearchSources.of(kafka, targets, IdKinds.NUMBERS, options),
                new SearchSinks(SearchJob.NAME, options, targets),
                targets,
                IdKinds.NUMBERS,
                () -> 1,
                SearchOptions.documents(options),
                100));
  }
}
