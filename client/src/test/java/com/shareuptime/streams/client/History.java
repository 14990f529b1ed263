package com.shareuptime.streams.client;

import com.shareuptime.streams.contract.feed.Cursor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a random past has left: the tables, and Redis as the feeds job promises to keep it for user
 * {@link #READER}. Positions are few, so that many posts tie; Redis holds much that must not be
 * shown, and nothing of a shown post below the marks is certain to be there.
 */
final class History {
  static final long READER = 7;

  /** Of a post; {@code isShown} says the truth about everything but the author. */
  record Post(long id, long author, long createdAt, boolean isShown) {
    Cursor cursor() {
      return new Cursor(createdAt, id);
    }
  }

  /** Entries and mark of a zset; no mark, no sentinel. */
  record Zset(Map<Long, Long> entries, Long mark) {}

  final Random random;
  final Map<Long, Post> posts = new TreeMap<>();

  /** Authors whose posts the reader sees, with the reader itself unless deactivated. */
  final Set<Long> seen = new TreeSet<>();

  /** Authors that are in {@code follows} but not accepted, or not active. */
  final Set<Long> unseen = new TreeSet<>();

  final Set<Long> pulled = new TreeSet<>();
  final Map<Long, Zset> timelines = new TreeMap<>();
  Zset feed;

  private final long positions;

  History(long seed) {
    this.random = new Random(seed);
    this.positions = random.nextBoolean() ? 5 : 2_000;
    authors();
    posts();
    redis();
  }

  private void authors() {
    for (long author = 1; author <= 12; author++) {
      if (author != READER && random.nextBoolean()) {
        (random.nextInt(4) == 0 ? unseen : seen).add(author);
      }
    }
    if (random.nextInt(10) > 0) {
      seen.add(READER);
    }
  }

  private void posts() {
    int count = random.nextInt(300);
    Set<Long> ids = new HashSet<>();
    while (ids.size() < count) {
      ids.add(1L + random.nextInt(2_000));
    }
    for (long id : ids) {
      posts.put(id, new Post(id, 1 + random.nextInt(14), somewhere(), random.nextInt(8) > 0));
    }
  }

  private long somewhere() {
    return 1_700_000_000_000_000L + random.nextInt((int) positions);
  }

  private void redis() {
    for (long author : List.copyOf(seen)) {
      if (author != READER && random.nextInt(3) == 0) {
        pulled.add(author);
      }
    }
    if (random.nextInt(3) == 0) {
      pulled.add(13L);
    }
    feed = zset(post -> seen.contains(post.author()) && !pulled.contains(post.author()), 15);
    for (long author : pulled) {
      timelines.put(author, zset(post -> post.author() == author, 40));
    }
  }

  private interface Belongs {
    boolean test(Post post);
  }

  /**
   * All that belongs and is shown above a mark, some below it, and some that does not belong: what
   * need not be there may have any score, as posts are dated anew and authors go from feeds into
   * timelines.
   */
  private Zset zset(Belongs belongs, int oneInHasNoMark) {
    long mark =
        switch (random.nextInt(4)) {
          case 0 -> 0;
          case 1 -> 1_700_000_000_000_000L + positions;
          default -> somewhere();
        };
    Map<Long, Long> entries = new TreeMap<>();
    for (Post post : posts.values()) {
      boolean must = belongs.test(post) && post.isShown() && post.createdAt() > mark;
      if (must) {
        entries.put(post.id(), post.createdAt());
      } else if (random.nextInt(4) == 0) {
        entries.put(post.id(), random.nextBoolean() ? post.createdAt() : somewhere());
      }
    }
    for (int i = random.nextInt(5); i > 0; i--) {
      entries.put(3_000L + random.nextInt(100), somewhere());
    }
    return new Zset(entries, random.nextInt(oneInHasNoMark) == 0 ? null : mark);
  }

  /** The feed as the contract's SQL gives it. */
  List<Post> truth() {
    List<Post> truth = new ArrayList<>();
    posts.values().stream()
        .filter(post -> post.isShown() && seen.contains(post.author()))
        .forEach(truth::add);
    truth.sort((a, b) -> a.cursor().compareTo(b.cursor()));
    return truth;
  }

  List<Long> truth(Cursor after, int size) {
    return truth().stream()
        .filter(post -> post.cursor().isOlderThan(after))
        .limit(size)
        .map(Post::id)
        .toList();
  }
}
