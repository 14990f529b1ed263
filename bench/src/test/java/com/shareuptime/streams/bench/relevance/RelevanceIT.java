package com.shareuptime.streams.bench.relevance;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Floors a little below what was measured: a broken analyzer or weight falls through them. */
@Timeout(300)
class RelevanceIT {
  private static final Map<String, Double> FLOORS =
      Map.of(
          "keyword", 0.88,
          "hashtag", 0.95,
          "mention", 0.95,
          "stemming", 0.78,
          "turkish", 0.95,
          "typo", 0.95,
          "emoji", 0.92,
          "phrase", 0.95,
          "paraphrase", 0.18);

  @Test
  void searchesRankAsWellAsTheyDid() throws Exception {
    LocalStack stack = LocalStack.shared(Set.of(Server.OPENSEARCH));
    Scores scores = RelevanceCommand.measure(stack.openSearchUrl());
    Map<String, Double> groups = scores.byGroup("text");
    assertThat(scores.mean("text")).as(scores.queries()).isGreaterThan(0.69);
    assertThat(groups.keySet()).containsAll(FLOORS.keySet());
    FLOORS.forEach(
        (group, floor) ->
            assertThat(groups.get(group))
                .as("%s%n%s", group, scores.queries())
                .isGreaterThan(floor));
  }
}
