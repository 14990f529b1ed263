package com.shareuptime.streams.cli.hole;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.shareuptime.streams.contract.Surface;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A row of the product whose newest change is not whole in its topic, as {@code
 * streams.ingest_holes} has it.
 *
 * @param key the primary key as JSON
 * @param version of the change, as the topic's header has it
 * @param lsn of its commit; 0/0 of a row that a snapshot read
 * @param columns that the topic lacks; null if the whole change is missing
 * @param filledAt when the surfaces were put right; null if they were not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Hole(
    String table,
    String key,
    String version,
    String lsn,
    List<String> columns,
    String reason,
    String toldAt,
    String filledAt) {
  private static final List<String> COUNTERS =
      List.of(Surface.COUNTERS_POSTGRES.label(), Surface.COUNTERS_REDIS.label());
  private static final List<String> FEEDS =
      List.of(Surface.FEEDS_POSTGRES.label(), Surface.FEEDS_REDIS.label());
  private static final List<String> POSTS = List.of(Surface.SEARCH_POSTS.label());
  private static final List<String> REELS = List.of(Surface.SEARCH_REELS.label());
  private static final List<String> DOCUMENTS =
      List.of(Surface.SEARCH_POSTS.label(), Surface.SEARCH_REELS.label());
  private static final String SEARCH = "search.";

  /** Table → column → what shows it. Of other columns nothing is shown. */
  private static final Map<String, Map<String, List<List<String>>>> SHOWN =
      Map.of(
          "posts", Map.of("content", List.of(POSTS), "visibility", List.of(POSTS, FEEDS)),
          "reels", Map.of("caption", List.of(REELS), "visibility", List.of(REELS)),
          "users",
              Map.of(
                  "username", List.of(DOCUMENTS),
                  "display_name", List.of(DOCUMENTS),
                  "avatar_url", List.of(DOCUMENTS)),
          "comments", Map.of("target_type", List.of(COUNTERS)),
          "follows", Map.of("status", List.of(FEEDS)));

  /** Table → what is made of its rows, besides counters of the rows that count. */
  private static final Map<String, List<List<String>>> MADE =
      Map.of(
          "posts", List.of(POSTS, FEEDS, COUNTERS),
          "reels", List.of(REELS, COUNTERS),
          "users", List.of(DOCUMENTS, FEEDS),
          "follows", List.of(FEEDS));

  /** Those that lack something by it; none if nobody shows what is missing. */
  public Set<String> getSurfaces() {
    Set<String> surfaces = new TreeSet<>();
    if (columns == null) {
      MADE.getOrDefault(table, List.of()).forEach(surfaces::addAll);
      if (!MADE.containsKey(table)) { // every other entity is a counter
        surfaces.addAll(COUNTERS);
      }
    } else {
      Map<String, List<List<String>>> shown = SHOWN.getOrDefault(table, Map.of());
      columns.forEach(column -> shown.getOrDefault(column, List.of()).forEach(surfaces::addAll));
    }
    return surfaces;
  }

  @JsonIgnore
  public boolean isOpen() {
    return filledAt == null;
  }

  /** Whether one of these surfaces lacks something. */
  public boolean concerns(List<String> surfaces) {
    return getSurfaces().stream().anyMatch(surfaces::contains);
  }

  /** Whether the row's own text is all that is missing: then it can be taken from the table. */
  @JsonIgnore
  boolean isFillable() {
    return getSurfaces().stream().allMatch(surface -> surface.startsWith(SEARCH));
  }

  /** For people. */
  public String text() {
    return "%s %s, changed at %s, %s: %s; %s; told %s%s"
        .formatted(
            table,
            key,
            lsn,
            columns == null ? "without a record" : "without " + String.join(", ", columns),
            reason,
            getSurfaces().isEmpty()
                ? "no surface shows that"
                : "concerns " + String.join(", ", getSurfaces()),
            toldAt,
            isOpen() ? ", OPEN" : ", filled from the table " + filledAt);
  }

  /** What puts the surfaces right. */
  @JsonIgnore
  public String getRepair() {
    return isFillable()
        ? "./streams reconcile %s --repair auto".formatted(String.join(" ", getSurfaces()))
        : "change the row so that it fits, or raise ingest.largest-row, then ./streams"
            + " cancel ingest; ./streams submit ingest --fresh";
  }
}
