package com.shareuptime.streams.cli.explain.user;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.shareuptime.streams.cli.feed.FeedView;
import com.shareuptime.streams.cli.hole.Hole;
import com.shareuptime.streams.cli.output.Answer;
import com.shareuptime.streams.cli.output.Sections;
import com.shareuptime.streams.cli.output.ShellWord;
import com.shareuptime.streams.cli.server.SurfaceLag;
import com.shareuptime.streams.cli.tail.Look;
import com.shareuptime.streams.cli.tail.RefusedRecord;
import com.shareuptime.streams.cli.tail.RowChange;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.redis.RedisKey;
import java.util.ArrayList;
import java.util.List;

/** What the command shows of a user. */
record UserView(
    Id user,
    Account account,
    Feed feed,
    List<Snapshots> documents,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Hole> holes,
    List<SurfaceLag> progress,
    UserRecords.Found recent)
    implements Answer {

  /**
   * The first page, and what holds it.
   *
   * @param differences of the copies from the page of the tables
   * @param still whether the tables were the same before and after
   * @param passed whether both copies have passed what the tables showed
   */
  record Feed(
      FeedView page,
      RedisFeed redis,
      DurableFeed durable,
      List<FeedDifference> differences,
      boolean still,
      boolean passed) {
    boolean isWrong() {
      boolean isDifferent =
          page.isWrong() || differences.stream().anyMatch(FeedDifference::isMissing);
      return isDifferent && still && passed;
    }

    private String verdict() {
      if (isWrong()) {
        return "WRONG, and past what the tables showed:";
      }
      return still
          ? "Differences of the copies:"
          : "The tables changed meanwhile, nothing is proven:";
    }
  }

  @Override
  public boolean isWrong() {
    return feed.isWrong() || documents.stream().anyMatch(this::isWrong);
  }

  private boolean isWrong(Snapshots one) {
    return !one.stale().isEmpty() && one.passed() && recent.settled();
  }

  @Override
  public boolean isAway() {
    return feed.page().isAway()
        || feed.redis().away() != null
        || documents.stream().anyMatch(one -> one.away() != null);
  }

  /** Commands, where something is wrong. */
  public List<String> getRepairs() {
    List<String> repairs = new ArrayList<>();
    holes.stream().filter(Hole::isOpen).map(Hole::getRepair).forEach(repairs::add);
    if (feed.isWrong()) {
      repairs.add("./streams feed %s --rebuild".formatted(ShellWord.of(user)));
    }
    if (feed.redis().pulled().stream().anyMatch(one -> one.zset().mark() == null)) {
      repairs.add("./streams feed --rebuild-all    # timelines are missing");
    }
    for (Snapshots one : documents) {
      if (isWrong(one)) {
        repairs.add(
            "./streams explain %s %s --refresh    # each of its documents so"
                .formatted(one.type(), ShellWord.of(one.stale().get(0).id())));
      }
    }
    return repairs;
  }

  @Override
  public String text() {
    Sections text =
        new Sections()
            .text(account.about())
            .text(account.follows().text())
            .list("The first page, as services read it:", feed.page().text().lines().toList())
            .table("Where the feed is:", List.of("WHERE", "HOLDS"), copies())
            .list(
                feed.verdict(),
                feed.differences().stream()
                    .filter(one -> !one.isNone())
                    .map(FeedDifference::text)
                    .toList())
            .list(
                "Documents that show the user:",
                documents.stream().flatMap(one -> one.text(recent.settled()).stream()).toList())
            .list("Not whole in its topic:", holes.stream().map(Hole::text).toList())
            .list(
                "How far the surfaces are:",
                progress.stream().map(one -> one.surface() + ": " + one.text()).toList());
    addRecent(text);
    return text.list("To repair it:", getRepairs()).toString();
  }

  private List<List<String>> copies() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of(RedisKey.FEED.of(user), feed.redis().text()));
    feed.redis()
        .pulled()
        .forEach(
            one ->
                rows.add(
                    List.of(RedisKey.TIMELINE.of(one.author()) + ", pulled", one.zset().text())));
    rows.add(List.of("streams.user_feeds", feed.durable().text()));
    return rows;
  }

  private void addRecent(Sections text) {
    text.list(
            "Last activity that was sent; own rows count, too:",
            List.of(
                recent.activity() == null ? "not in what was looked at" : recent.activity().text()))
        .table(
            "The newest of %,d changes of the row and of its follows, in Kafka:"
                .formatted(recent.changeCount()),
            RowChange.HEAD,
            recent.changes().stream().map(RowChange::row).toList())
        .table(
            "The newest of %,d dead letters that name the user:"
                .formatted(recent.deadLetterCount()),
            RefusedRecord.HEAD,
            recent.deadLetters().stream().map(RefusedRecord::row).toList())
        .list("Looked at in Kafka:", recent.looks().stream().map(Look::text).toList());
  }
}
