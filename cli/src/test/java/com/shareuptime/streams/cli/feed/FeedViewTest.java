package com.shareuptime.streams.cli.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cli.output.Output;
import com.shareuptime.streams.client.Completeness;
import com.shareuptime.streams.client.Completeness.State;
import com.shareuptime.streams.client.FeedEntry;
import com.shareuptime.streams.client.FeedPage;
import com.shareuptime.streams.client.Origin;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.feed.Cursor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FeedViewTest {
  private static final FeedPage PAGE =
      new FeedPage(
          List.of(
              new FeedEntry(
                  Id.of(12),
                  Id.of(9),
                  1_700_000_000_000_002L,
                  "two\nlines",
                  Counts.of(3),
                  Origin.PUSH),
              new FeedEntry(
                  Id.of(11), Id.of(8), 1_700_000_000_000_001L, "older", Counts.ZERO, Origin.TABLE)),
          Optional.of(new Cursor(1_700_000_000_000_001L, Id.of(11))),
          new Completeness(
              State.COMPLETE,
              OptionalLong.of(1_700_000_000_000_001L),
              List.of(Id.of(4)),
              List.of()),
          0);

  @Test
  void aPageThatEqualsTheTablesIsNotWrong() {
    FeedView view = FeedView.of(Id.of(7), 1, 2, PAGE).besides(List.of(Id.of(12), Id.of(11)), true);
    assertThat(view.isWrong()).isFalse();
    assertThat(view.text())
        .contains("2023-11-14T22:13:20.000002Z", "two lines", "PUSH", "TABLE")
        .contains("MIXED, next page after 1700000000000001_11", "show the same page");
  }

  @Test
  void aDifferenceIsNamedByItsFirstEntry() {
    FeedView view = FeedView.of(Id.of(7), 1, 2, PAGE).besides(List.of(Id.of(12), Id.of(10)), false);
    assertThat(view.isWrong()).isTrue();
    assertThat(view.text())
        .contains(
            "DIFFER from entry 2 on: 12, 10; missing here: 10; too many here: 11; feeds.redis"
                + " lags");
    assertThat(Output.json(view)).contains("\"equal\" : false", "\"hasPassed\" : false");
  }

  @Test
  void withoutAComparisonNothingIsExplained() {
    FeedView view = FeedView.of(Id.of(7), 1, 2, PAGE);
    assertThat(view.isWrong()).isFalse();
    assertThat(view.text()).doesNotContain("pulled");
    assertThat(Output.json(view)).doesNotContain("tables");
  }
}
