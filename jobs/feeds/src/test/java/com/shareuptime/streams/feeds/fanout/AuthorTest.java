package com.shareuptime.streams.feeds.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.feeds.feed.Posts;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorTest {

  @Test
  void aPostOlderThanTheMarkThatIsShownAgainDoesNotLowerTheMark() {
    Author author = Author.UNKNOWN;
    for (long post = 1; post <= 6; post++) {
      author = author.shown(Id.of(post), 10 * post, 5); // the sixth puts out the first
    }
    assertThat(author.mark()).isEqualTo(10);
    author = author.posts(author.posts().without(Id.of(6))).shown(Id.of(7), 5, 5);

    assertThat(author.markBelow(4)).as("mark below the newest four").isEqualTo(10);
  }

  @Test
  void aSmallerTimelineRaisesTheMarkToTheNewestPostThatGoes() {
    Author author = Author.UNKNOWN;
    for (long post = 1; post <= 10; post++) {
      author = author.shown(Id.of(post), 10 * post, 100);
    }
    Author smaller = author.shown(Id.of(11), 110, 4);

    assertThat(smaller.posts().ids()).containsExactly(Id.of(11), Id.of(10), Id.of(9), Id.of(8));
    assertThat(smaller.mark()).isEqualTo(70);
  }

  /** Shows and hides at random, with sizes that change as an operator changes them. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theNewestPostsLackNothingAboveTheirMark(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Author author = Author.UNKNOWN;
    Map<Id, Long> visible = new TreeMap<>();
    int most = 12;
    for (int i = 0; i < 20_000; i++) {
      Id post = Id.of(1 + random.nextInt(40));
      if (random.nextInt(200) == 0) {
        most = 2 + random.nextInt(15);
      }
      author = author.posts(author.posts().without(post));
      visible.remove(post);
      if (random.nextInt(3) > 0) {
        long position = 1 + random.nextInt(1_000);
        author = author.shown(post, position, most);
        visible.put(post, position);
      }
      int count = 1 + random.nextInt(20);
      long mark = author.markBelow(count);
      Posts newest = author.posts().newest(count);
      visible.forEach(
          (id, position) -> {
            if (position > mark) {
              assertThat(newest.ids())
                  .as("seed %d: post at %d, mark %d", seed, position, mark)
                  .contains(id);
            }
          });
    }
  }
}
