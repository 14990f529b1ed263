package com.shareuptime.streams.proof.traffic;

import static com.shareuptime.streams.proof.traffic.Interactions.unannounced;

import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.proof.traffic.Operation.Publish;
import com.shareuptime.streams.proof.traffic.Operation.Visibility;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Plans the posts that fill feeds, most of them by authors with many followers: published, some of
 * them with a time of the past, or as answers; unlisted, limited, closed and opened again; hidden
 * and restored; deleted.
 */
final class FeedPosts {
  private static final long OLDEST_MS = Duration.ofDays(6).toMillis();
  private static final int LATE_MS = 60_000;
  private static final int REMEMBERED = 64;
  private static final Change[] VISIBILITIES = {
    Change.OPEN, Change.UNLIST, Change.LIMIT, Change.CLOSE
  };

  private final UserPool cast;
  private final Follows follows;
  private final Celebrities celebrities;
  private final Shelf shelf;
  private final boolean unlists;
  private final SplittableRandom random;
  private final Newest<Target> shown;
  private final Newest<Target> hidden;

  /**
   * @param unlists whether a post may be unlisted
   */
  FeedPosts(
      UserPool cast,
      Follows follows,
      Celebrities celebrities,
      Shelf shelf,
      boolean unlists,
      SplittableRandom random) {
    this.cast = cast;
    this.follows = follows;
    this.celebrities = celebrities;
    this.shelf = shelf;
    this.unlists = unlists;
    this.random = random;
    this.shown = new Newest<>(REMEMBERED, random);
    this.hidden = new Newest<>(REMEMBERED, random);
  }

  /** As it lies there when the traffic starts. */
  Publish old() {
    return publish(oldAge());
  }

  Publish publish() {
    int roll = random.nextInt(100);
    if (roll < 90) {
      return publish(Duration.ZERO);
    }
    return publish(roll < 98 ? Duration.ofMillis(random.nextInt(LATE_MS)) : oldAge());
  }

  /** An answer to one that is shown now; every other one is ranked, to be liked as others are. */
  Publish reply() {
    Target answered = any();
    if (random.nextBoolean()) {
      long author = cast.anyWriter(random);
      Target ranked = shelf.publishPost(author).target();
      return new Publish(ranked, author, Visibility.PUBLIC, Duration.ZERO, answered);
    }
    Target reply = shelf.unrankedPost();
    shown.add(reply);
    return new Publish(reply, author(), visibility(), Duration.ZERO, answered);
  }

  Duration oldAge() {
    return Duration.ofMillis(random.nextLong(OLDEST_MS));
  }

  Interaction changeVisibility() {
    return unannounced(VISIBILITIES[random.nextInt(VISIBILITIES.length)], any());
  }

  /** One that is shown now. */
  Target any() {
    return shown.any();
  }

  /** To another author, whose followers see it from then on. */
  Interaction move() {
    return unannounced(Change.MOVE, any(), 0, author());
  }

  /** To another place among the others, whether newer or older. */
  Interaction date() {
    Duration age = random.nextBoolean() ? Duration.ofMillis(random.nextInt(LATE_MS)) : oldAge();
    return unannounced(Change.DATE, any(), age.toMillis(), 0);
  }

  Interaction hide() {
    Target post = shown.take();
    hidden.add(post);
    return unannounced(Change.HIDE, post);
  }

  boolean anyHidden() {
    return !hidden.isEmpty();
  }

  Interaction restore() {
    Target post = hidden.take();
    shown.add(post);
    return unannounced(Change.RESTORE, post);
  }

  /** Nobody has ever liked it: nothing stays behind. */
  Interaction delete() {
    boolean fromHidden = anyHidden() && random.nextInt(4) == 0;
    Target post = (fromHidden ? hidden : shown).take();
    shelf.bury(post);
    return unannounced(Change.DELETE, post);
  }

  /** Where there are fewer, they are left alone. */
  boolean enough() {
    return shown.size() > 10;
  }

  private Publish publish(Duration age) {
    Target post = shelf.unrankedPost();
    shown.add(post);
    return new Publish(post, author(), visibility(), age);
  }

  private long author() {
    int roll = random.nextInt(100);
    if (roll < 75) {
      long popular = follows.popularAuthor();
      return cast.isWriter(popular) ? popular : author();
    }
    return roll < 90 ? celebrities.any(random) : cast.anyWriter(random);
  }

  private Visibility visibility() {
    int roll = random.nextInt(100);
    if (roll < 80) {
      return unlists && roll < 10 ? Visibility.UNLISTED : Visibility.PUBLIC;
    }
    return roll < 95 ? Visibility.FOLLOWERS : Visibility.PRIVATE;
  }
}
