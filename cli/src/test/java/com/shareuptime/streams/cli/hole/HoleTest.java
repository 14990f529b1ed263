package com.shareuptime.streams.cli.hole;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HoleTest {
  @Test
  void thoseSurfacesAreConcernedThatShowWhatIsMissing() {
    assertThat(hole("posts", List.of("content")).getSurfaces()).containsExactly("search.posts");
    assertThat(hole("reels", List.of("caption", "region")).getSurfaces())
        .containsExactly("search.reels");
    assertThat(hole("users", List.of("avatar_url")).getSurfaces())
        .containsExactly("search.posts", "search.reels");
    assertThat(hole("posts", List.of("notes")).getSurfaces()).isEmpty();
    assertThat(hole("comments", List.of("content")).getSurfaces()).isEmpty();
    assertThat(hole("others", List.of("content")).getSurfaces()).isEmpty();
  }

  @Test
  void ofAChangeWithoutARecordAllIsMissing() {
    assertThat(hole("posts", null).getSurfaces()).contains("search.posts", "feeds.redis");
    assertThat(hole("likes", null).getSurfaces())
        .containsExactly("counters.postgres", "counters.redis");
  }

  @Test
  void onlyDocumentsAreFilledFromTheTables() {
    assertThat(hole("posts", List.of("content")).getRepair())
        .isEqualTo("./streams reconcile search.posts --repair auto");
    assertThat(hole("posts", null).getRepair()).contains("ingest.largest-row");
    assertThat(hole("likes", null).isFillable()).isFalse();
  }

  @Test
  void itSaysWhatIsMissingWhereAndWhy() {
    assertThat(hole("posts", List.of("content")).text())
        .isEqualTo(
            "posts {\"id\":42}, changed at 0/63, without content: the row is too large; concerns search.posts; told now, OPEN");
    assertThat(hole("posts", List.of("notes")).text()).contains("no surface shows that");
    assertThat(hole("likes", null).text()).contains("without a record");
  }

  private static Hole hole(String table, List<String> columns) {
    return new Hole(
        table, "{\"id\":42}", "1:99:77", "0/63", columns, "the row is too large", "now", null);
  }
}
