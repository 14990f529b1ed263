package com.shareuptime.streams.proof.bench.relevance;

import static java.util.Map.entry;
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
      Map.ofEntries(
          entry("keyword", 0.88),
          entry("hashtag", 0.95),
          entry("mention", 0.95),
          entry("stemming", 0.78),
          entry("turkish", 0.95),
          entry("typo", 0.95),
          entry("emoji", 0.92),
          entry("phrase", 0.95),
          entry("paraphrase", 0.18),
          entry("japanese", 0.85),
          entry("chinese", 0.88),
          entry("vietnamese", 0.95),
          entry("arabic", 0.95),
          entry("korean", 0.95),
          entry("thai", 0.92));

  // wider margins: the model's eight-bit numbers differ a little between kinds of processors; it
  // knows English, and takes emoji and most letters of other scripts for the same unknown piece
  private static final Map<String, Double> SEMANTIC =
      Map.ofEntries(
          entry("keyword", 0.84),
          entry("hashtag", 0.86),
          entry("mention", 0.90),
          entry("stemming", 0.62),
          entry("turkish", 0.47),
          entry("typo", 0.90),
          entry("emoji", 0.10),
          entry("phrase", 0.91),
          entry("paraphrase", 0.79),
          entry("japanese", 0.55),
          entry("chinese", 0.72),
          entry("vietnamese", 0.88),
          entry("arabic", 0.68),
          entry("korean", 0.55),
          entry("thai", 0.30));

  private static final Map<String, Double> HYBRID =
      Map.ofEntries(
          entry("keyword", 0.86),
          entry("hashtag", 0.92),
          entry("mention", 0.93),
          entry("stemming", 0.74),
          entry("turkish", 0.92),
          entry("typo", 0.93),
          entry("emoji", 0.36),
          entry("phrase", 0.93),
          entry("paraphrase", 0.67),
          entry("japanese", 0.88),
          entry("chinese", 0.80),
          entry("vietnamese", 0.92),
          entry("arabic", 0.90),
          entry("korean", 0.90),
          entry("thai", 0.70));

  @Test
  void searchesRankAsWellAsTheyDid() throws Exception {
    LocalStack stack = LocalStack.shared(Set.of(Server.OPENSEARCH));
    Scores scores = RelevanceCommand.measure(stack.openSearchUrl());
    check(scores, "text", 0.78, TEXT);
    check(scores, "semantic", 0.75, SEMANTIC);
    check(scores, "hybrid", 0.85, HYBRID);
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
