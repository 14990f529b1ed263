package com.shareuptime.streams.cli.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.shareuptime.streams.cli.output.Answer;
import com.shareuptime.streams.cli.output.Output;
import com.shareuptime.streams.client.Completeness;
import com.shareuptime.streams.client.Completeness.State;
import com.shareuptime.streams.client.FeedEntry;
import com.shareuptime.streams.client.FeedPage;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.EpochMicros;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.feed.Cursor;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What the command shows of a page.
 *
 * @param source REDIS, MIXED or SQL
 * @param next cursor of the page after this one; null at the end
 * @param redis what Redis has for the user
 * @param bound above it Redis answered; null where it did not
 * @param tables the page beside it; null where it was not asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FeedView(
    Id user,
    int page,
    int size,
    String source,
    List<Entry> entries,
    String next,
    String redis,
    List<Id> pulled,
    List<Id> missingTimelines,
    String bound,
    int deadEntries,
    Comparison tables)
    implements Answer {
  private static final int SHOWN_CONTENT = 40;

  /**
   * @param from what knew of it
   */
  public record Entry(
      Id postId,
      Id authorId,
      String createdAt,
      @JsonUnwrapped Counts counts,
      String from,
      String content) {}

  /**
   * @param hasPassed whether the surface has passed all that the tables showed; if not, a
   *     difference may be mere lag
   * @param missing posts that the tables show and the page does not
   * @param tooMany posts that the page shows and the tables do not
   */
  public record Comparison(
      boolean equal, boolean hasPassed, List<Id> postIds, List<Id> missing, List<Id> tooMany) {
    static Comparison of(List<Id> page, List<Id> ofTables, boolean hasPassed) {
      return new Comparison(
          page.equals(ofTables),
          hasPassed,
          ofTables,
          without(ofTables, page),
          without(page, ofTables));
    }

    private static List<Id> without(List<Id> ids, List<Id> others) {
      return ids.stream().filter(id -> !others.contains(id)).toList();
    }
  }

  static FeedView of(Id user, int page, int size, FeedPage read) {
    Completeness completeness = read.completeness();
    OptionalLong bound = completeness.bound();
    return new FeedView(
        user,
        page,
        size,
        read.source().name(),
        read.entries().stream().map(FeedView::entry).toList(),
        read.next().map(Cursor::toString).orElse(null),
        completeness.state().name(),
        completeness.pulled(),
        completeness.missing(),
        bound.isPresent() ? time(bound.getAsLong()) : null,
        read.deadEntries(),
        null);
  }

  private static Entry entry(FeedEntry entry) {
    return new Entry(
        entry.postId(),
        entry.authorId(),
        time(entry.createdAt()),
        entry.counts(),
        entry.origin().name(),
        entry.content());
  }

  private static String time(long micros) {
    return EpochMicros.instant(micros).toString();
  }

  FeedView besides(List<Id> ofTables, boolean hasPassed) {
    return new FeedView(
        user,
        page,
        size,
        source,
        entries,
        next,
        redis,
        pulled,
        missingTimelines,
        bound,
        deadEntries,
        Comparison.of(ids(), ofTables, hasPassed));
  }

  private List<Id> ids() {
    return entries.stream().map(Entry::postId).toList();
  }

  @Override
  public boolean isWrong() {
    return tables != null && !tables.equal();
  }

  /** Whether Redis did not answer; the page is that of the tables then. */
  @Override
  public boolean isAway() {
    return State.valueOf(redis) == State.UNREACHABLE;
  }

  @Override
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        entries.isEmpty()
            ? "Nothing on page %d of user %s's feed.".formatted(page, user)
            : Output.table(
                Output.row(
                    List.of("POST", "AUTHOR", "CREATED"),
                    Output.heads(CountedView.CANONICAL),
                    List.of("FROM", "CONTENT")),
                entries.stream().map(FeedView::row).toList()));
    if (tables != null) {
      lines.add("");
      lines.add(explanation());
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static List<String> row(Entry entry) {
    String line = entry.content().replaceAll("\\s+", " ");
    String content =
        line.length() > SHOWN_CONTENT ? line.substring(0, SHOWN_CONTENT - 1) + "…" : line;
    return Output.row(
        List.of(entry.postId().toString(), entry.authorId().toString(), entry.createdAt()),
        Output.cells(entry.counts(), CountedView.CANONICAL),
        List.of(entry.from(), content));
  }

  private String explanation() {
    List<List<String>> facts = new ArrayList<>();
    facts.add(List.of("from", source + ", next page after " + (next == null ? "nothing" : next)));
    facts.add(List.of("in Redis", inRedis()));
    facts.add(List.of("pulled authors", pulled.isEmpty() ? "none" : list(pulled)));
    facts.add(
        List.of(
            "complete",
            bound == null
                ? "nowhere, all of it is SQL"
                : "above " + bound + ", SQL from there on"));
    facts.add(
        List.of("dead entries", deadEntries + " in Redis, but not to be shown by the tables"));
    facts.add(List.of("the tables", besideIt()));
    return Output.table(List.of("USER", user.toString()), facts);
  }

  private String inRedis() {
    return switch (State.valueOf(redis)) {
      case COMPLETE -> "a feed: the user is active";
      case NO_FEED -> "no feed: the user is inactive, or it is being built";
      case NO_TIMELINE ->
          "a feed, but no timeline of "
              + list(missingTimelines)
              + ": ask for a rebuild of everything";
      case UNREACHABLE -> "unknown: no answer";
      case UNUSED -> "not asked";
    };
  }

  private String besideIt() {
    String lag = tables.hasPassed() ? "" : "; feeds.redis lags behind them";
    if (tables.equal()) {
      return "show the same page" + lag;
    }
    List<Id> here = ids();
    int at = 0;
    while (at < here.size()
        && at < tables.postIds().size()
        && here.get(at).equals(tables.postIds().get(at))) {
      at++;
    }
    return "DIFFER from entry %d on: %s%s%s%s"
        .formatted(
            at + 1,
            list(tables.postIds()),
            tables.missing().isEmpty() ? "" : "; missing here: " + list(tables.missing()),
            tables.tooMany().isEmpty() ? "" : "; too many here: " + list(tables.tooMany()),
            lag);
  }

  private static String list(List<Id> ids) {
    return ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
