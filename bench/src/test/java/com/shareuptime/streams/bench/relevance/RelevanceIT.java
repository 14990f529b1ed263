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
  private static final Map<String, Double> TEXT =
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

  // wider margins: the model's eight-bit numbers differ a little between kinds of processors
  private static final Map<String, Double> SEMANTIC =
      Map.of(
          "keyword", 0.84,
          "hashtag", 0.86,
          "mention", 0.90,
          "stemming", 0.62,
          "turkish", 0.47,
          "typo", 0.90,
          "emoji", 0.20,
          "phrase", 0.91,
          "paraphrase", 0.79);

  private static final Map<String, Double> HYBRID =
      Map.of(
          "keyword", 0.86,
          "hashtag", 0.92,
          "mention", 0.93,
          "stemming", 0.74,
          "turkish", 0.92,
          "typo", 0.93,
          "emoji", 0.43,
          "phrase", 0.93,
          "paraphrase", 0.67);

  @Test
  void searchesRankAsWellAsTheyDid() throws Exception {
    LocalStack stack = LocalStack.shared(Set.of(Server.OPENSEARCH));
    Scores scores = RelevanceCommand.measure(stack.openSearchUrl());
    check(scores, "text", 0.69, TEXT);
    check(scores, "semantic", 0.77, SEMANTIC);
    check(scores, "hybrid", 0.81, HYBRID);
    assertThat(scores.mean("hybrid")).isGreaterThanOrEqualTo(scores.mean("text"));
  }

  private static void check(Scores scores, String ranker, double mean, Map<String, Double> floors) {
    assertThat(scores.mean(ranker)).as("%s%n%s", ranker, scores.queries()).isGreaterThan(mean);
    Map<String, Double> groups = scores.byGroup(ranker);
    assertThat(groups.keySet()).isEqualTo(floors.keySet());
    floors.forEach(
        (group, floor) ->
            assertThat(groups.get(group))
                .as("%s, %s%n%s", ranker, group, scores.queries())
                .isGreaterThan(floor));
  }
}
