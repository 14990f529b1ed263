package com.shareuptime.streams.cli.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.cli.option.ServersMixin;
import com.shareuptime.streams.cli.output.Report;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.embedding.MiniLm;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "search",
    description = {
      "Search posts or reels as a service does for a reader who is not signed in:",
      "by the aliases, and only public ones. Words in \"quotes\" are taken literally."
    })
public final class SearchCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "TEXT",
      description = {
        "Words, #hashtags, @mentions or emoji to search for.",
        "Its first 128 characters count; \"\" finds everything."
      })
  private String text;

  @Option(
      names = "--sort",
      paramLabel = "ORDER",
      defaultValue = "relevance",
      description = "Order of the hits: ${COMPLETION-CANDIDATES}. Default: relevance.")
  private Sort sort;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      defaultValue = "posts",
      description = "Documents to search: ${COMPLETION-CANDIDATES}. Default: posts.")
  private Kind kind;

  @Option(
      names = "--author",
      paramLabel = "USER",
      defaultValue = "",
      description =
          "Find only what this user wrote: an id, or a username (@1984 if it is a number).")
  private String author;

  @Option(
      names = "--semantic",
      description = {
        "Search by meaning as well as by words: the best first, and one page only.",
        "Needs the vectors of the job embed."
      })
  private boolean semantic;

  @Option(
      names = "--size",
      paramLabel = "N",
      defaultValue = "10",
      description = "Hits per page, 1 to 100. Default: 10.")
  private int size;

  @Option(
      names = "--after",
      paramLabel = "CURSOR",
      description = "Show the page after the one that ended with this cursor.")
  private String after;

  @Mixin private ServersMixin servers;
  @Mixin private Report report;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    SearchQuery query = query();
    SearchServer server = new SearchServer(servers.settings());
    SearchView view = SearchView.of(kind, query, server.search(kind, body(query, server)));
    report.print(view, () -> view.text(Ansi.AUTO.enabled()));
    return 0;
  }

  private JsonNode body(SearchQuery query, SearchServer server) {
    if (!semantic) {
      return query.body();
    }
    if (!server.hasVectors(kind)) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("No document of " + kind + " has a vector yet: searching by words alone.");
      err.println(
          "Make them: ./streams submit embed, then"
              + " ./streams upgrade search --set search.vectors=true");
      err.flush();
      return query.body();
    }
    try (MiniLm model = new MiniLm(1)) {
      return query.hybrid(model.embed(query.text()));
    }
  }

  private SearchQuery query() {
    if (size < 1 || size > SearchQuery.LARGEST_PAGE) {
      throw CommandException.usage(
          "--size is " + size + ".", "Give a number from 1 to " + SearchQuery.LARGEST_PAGE + ".");
    }
    if (semantic) {
      checkMeaning();
    }
    Optional<SearchCursor> cursor =
        Optional.ofNullable(after).map(text -> SearchCursor.parse(text, sort));
    Instant now =
        cursor.map(SearchCursor::now).orElseGet(() -> Instant.now().truncatedTo(ChronoUnit.MILLIS));
    return new SearchQuery(sort, text, author, size, cursor, now);
  }

  private void checkMeaning() {
    if (sort != Sort.RELEVANCE) {
      throw CommandException.usage(
          "--semantic does not go with --sort " + sort + ".",
          "Leave one of them out: every document is near in meaning, so the best must come first.");
    }
    if (after != null) {
      throw CommandException.usage(
          "--semantic does not go with --after.",
          "Ask for more at once: --size " + SearchQuery.LARGEST_PAGE + ".");
    }
    if (text.isBlank()) {
      throw CommandException.usage("--semantic needs a text.", "Say what to search for.");
    }
  }
}
