package com.shareuptime.streams.cli.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.cli.output.Output;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A page of what was found.
 *
 * @param query the text that was searched for, maybe cut
 * @param isAtLeast whether there may be more than {@code total}: beyond 10,000 nobody counts
 * @param tookMillis in OpenSearch
 * @param authors with most hits, on the first page only
 * @param days of the last 30 that have hits, in UTC, on the first page only
 * @param next cursor of the page after this one; null at the end, and if meaning was asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SearchView(
    String query,
    String type,
    String sort,
    long total,
    boolean isAtLeast,
    long tookMillis,
    List<Hit> hits,
    List<AuthorFacet> authors,
    List<DayFacet> days,
    String next) {
  private static final String OPEN = "⟦\0";
  private static final String CLOSE = "\0⟧";
  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";

  /**
   * @param text the best piece, with ⟦what was found⟧ in it; within the marks is a U+0000, which no
   *     text has
   */
  record Hit(
      Id id,
      Id authorId,
      String author,
      String createdAt,
      @JsonUnwrapped Counts counts,
      String text) {}

  record AuthorFacet(Id id, String username, long hits) {}

  record DayFacet(String day, long hits) {}

  static SearchView of(Kind kind, SearchQuery query, JsonNode answer) {
    JsonNode found = answer.path("hits");
    JsonNode hits = found.path("hits");
    JsonNode facets = answer.path("aggregations");
    JsonNode last = hits.path(query.size() - 1);
    return new SearchView(
        query.text(),
        kind.toString(),
        query.sort().toString(),
        found.path("total").path("value").asLong(),
        found.path("total").path("relation").asText().equals("gte"),
        answer.path("took").asLong(),
        each(hits, hit -> hit(kind, hit)),
        facets.isMissingNode()
            ? null
            : each(facets.path("authors").path("buckets"), SearchView::author),
        facets.isMissingNode()
            ? null
            : each(
                facets.path("last_30_days").path("days").path("buckets"),
                day ->
                    new DayFacet(
                        day.path("key_as_string").asText().substring(0, 10),
                        day.path("doc_count").asLong())),
        // what is found by meaning has no place in an order
        last.has("sort") ? SearchCursor.behind(last, query.sort(), query.now()).toString() : null);
  }

  private static <T> List<T> each(JsonNode nodes, Function<JsonNode, T> read) {
    List<T> all = new ArrayList<>();
    nodes.forEach(node -> all.add(read.apply(node)));
    return all;
  }

  private static Hit hit(Kind kind, JsonNode hit) {
    JsonNode source = hit.path("_source");
    JsonNode author = source.path("author");
    return new Hit(
        IdJson.readAny(source.path("id")),
        IdJson.readAny(author.path("id")),
        author.path("username").asText(),
        source.path("created_at").asText(),
        Counts.of(CountedView.CANONICAL, counter -> source.path(counter.column()).asLong()),
        marked(kind, hit.path("highlight")));
  }

  /** Each way to read words marks what it found; the one that found most is shown. */
  private static String marked(Kind kind, JsonNode highlights) {
    String best = "";
    long most = -1;
    for (String reading : List.of("", ".english", ".turkish")) {
      String text = highlights.path(kind.textField() + reading).path(0).asText();
      long marks = text.codePoints().filter(letter -> letter == OPEN.codePointAt(0)).count();
      if (marks > most && !text.isEmpty()) {
        most = marks;
        best = text;
      }
    }
    return best;
  }

  private static AuthorFacet author(JsonNode bucket) {
    return new AuthorFacet(
        IdJson.readAny(bucket.path("key")),
        bucket
            .path("author")
            .path("hits")
            .path("hits")
            .path(0)
            .path("_source")
            .path("author")
            .path("username")
            .asText(),
        bucket.path("doc_count").asLong());
  }

  /**
   * @param bold whether what was found can be printed so
   */
  String text(boolean bold) {
    List<String> lines = new ArrayList<>();
    if (!hits.isEmpty()) {
      lines.add(
          Output.table(
              Output.row(
                  List.of("ID", "AUTHOR", "CREATED"),
                  Output.heads(CountedView.CANONICAL),
                  List.of("TEXT")),
              hits.stream().map(hit -> row(hit, bold)).toList()));
      lines.add("");
    }
    if (authors != null && !authors.isEmpty()) {
      lines.add(
          "authors: "
              + authors.stream()
                  .map(author -> "%s (%,d)".formatted(printable(author.username), author.hits))
                  .collect(Collectors.joining(", ")));
    }
    if (days != null && !days.isEmpty()) {
      lines.add(
          "days: "
              + days.stream()
                  .map(day -> "%s (%,d)".formatted(day.day, day.hits))
                  .collect(Collectors.joining(", ")));
    }
    lines.add(
        "%s%,d %s found in %d ms"
            .formatted(isAtLeast ? "more than " : "", total, type, tookMillis));
    if (next != null) {
      lines.add("next page: --after " + next);
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static List<String> row(Hit hit, boolean bold) {
    String text =
        printable(hit.text).replace(OPEN, bold ? BOLD : "").replace(CLOSE, bold ? PLAIN : "");
    return Output.row(
        List.of(hit.id.toString(), printable(hit.author), hit.createdAt),
        Output.cells(hit.counts, CountedView.CANONICAL),
        List.of(text));
  }

  /** On one line, and without what would steer the terminal; of that, the marks' is not shown. */
  private static String printable(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("[\\p{Cntrl}&&[^\\x00]]", "");
  }
}
