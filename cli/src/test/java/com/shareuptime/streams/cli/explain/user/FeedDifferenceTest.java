package com.shareuptime.streams.cli.explain.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cli.explain.user.RedisFeed.Timeline;
import com.shareuptime.streams.cli.explain.user.RedisFeed.Zset;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.feed.Cursor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Posts stand at ten times their id. */
class FeedDifferenceTest {
  private static List<Id> ids(long... ids) {
    return Arrays.stream(ids).mapToObj(Id::of).toList();
  }

  private static List<Cursor> posts(long... ids) {
    return Arrays.stream(ids).mapToObj(id -> new Cursor(id * 10, Id.of(id))).toList();
  }

  private static RedisFeed feed(Long mark, List<Cursor> own, Timeline... pulled) {
    return new RedisFeed(new Zset(own, mark), false, List.of(pulled), null);
  }

  private static DurableFeed durable(long keptFrom, long... onPage) {
    return new DurableFeed(onPage.length, null, null, ids(onPage), keptFrom);
  }

  @Test
  void aCopyMustHaveWhatThePageHasAboveTheBound() {
    List<FeedDifference> differences =
        FeedDifference.of(posts(9, 8, 7, 6), feed(65L, posts(9, 7)), durable(0, 9, 8));
    assertThat(differences)
        .containsExactly(
            new FeedDifference("feeds.redis", ids(8), List.of()),
            new FeedDifference("feeds.postgres", ids(7), List.of()));
  }

  @Test
  void whatIsPulledNeedNotBePushed() {
    Timeline timeline = new Timeline(Id.of(5), new Zset(posts(8), 0L));
    List<FeedDifference> differences =
        FeedDifference.of(posts(9, 8), feed(0L, posts(9), timeline), durable(0, 9));
    assertThat(differences).allMatch(FeedDifference::isNone);
  }

  @Test
  void moreThanThePageDoesNoHarm() {
    List<FeedDifference> differences =
        FeedDifference.of(posts(9, 7), feed(0L, posts(9, 8, 7, 1)), durable(0, 9, 8, 7));
    assertThat(differences).noneMatch(FeedDifference::isMissing);
    assertThat(differences).extracting(FeedDifference::tooMany).containsOnly(ids(8));
  }

  @Test
  void whatIsOlderThanTheRetentionIsNotKept() {
    List<FeedDifference> differences =
        FeedDifference.of(posts(9, 2), feed(0L, posts(9, 2)), durable(50, 9));
    assertThat(differences).allMatch(FeedDifference::isNone);
  }

  @Test
  void withoutAMarkNothingIsPromised() {
    assertThat(FeedDifference.of(posts(9), feed(null, posts()), durable(0))).isEmpty();
    Timeline none = new Timeline(Id.of(5), new Zset(List.of(), null));
    assertThat(FeedDifference.of(posts(9), feed(0L, posts(), none), durable(0))).isEmpty();
  }
}
