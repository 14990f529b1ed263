package com.shareuptime.streams.proof.bench.relevance;

import com.shareuptime.streams.cli.search.SearchServer;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.embedding.MiniLm;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench/run relevance}. */
@Command(
    name = "relevance",
    mixinStandardHelpOptions = true,
    description = {
      "Measure how well searches rank, by words, by meaning and by both:",
      "nDCG@10 on posts and judged queries of our own."
    })
public final class RelevanceCommand implements Callable<Integer> {
  @Option(names = "--queries", description = "Show each query's score as well.")
  private boolean queries;

  @Override
  public Integer call() throws IOException, InterruptedException {
    LocalStack stack = LocalStack.shared(Set.of(Server.OPENSEARCH));
    Scores scores = measure(stack.openSearchUrl());
    if (queries) {
      System.out.println(scores.queries());
      System.out.println();
    }
    System.out.println(scores.table());
    return 0;
  }

  /** Takes the place of what is behind the alias {@code posts} there. */
  static Scores measure(String openSearch) throws IOException, InterruptedException {
    JudgedSet set = JudgedSet.load();
    SearchServer server =
        new SearchServer(new Settings(Map.of(AddressKeys.OPENSEARCH_URL, openSearch)));
    Scores scores = new Scores(set);
    try (MiniLm model = new MiniLm(1)) {
      new Corpus(openSearch, model).load(set.posts());
      scores.add(SearchRanker.text(server));
      scores.add(SearchRanker.semantic(server, model));
      scores.add(SearchRanker.hybrid(server, model));
    }
    return scores;
  }
}
