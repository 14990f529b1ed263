package com.shareuptime.streams.client;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.feed.Cursor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a random past has left: the tables, and Redis as the feeds job promises to keep it for user
 * {@link #reader}. Positions are few, so that many posts tie; Redis holds much that must not be
 * shown, and nothing of a shown post below the marks is certain to be there.
 */
final class History {
  /** Of a post; {@code isShown} says the truth about everything but the author. */
  record Post(Id id, Id author, long createdAt, boolean isShown) {
    Cursor cursor() {
      return new Cursor(createdAt, id);
    }
  }

  /** Entries and mark of a zset; no mark, no sentinel. */
  record Zset(Map<Id, Long> entries, Long mark) {}

  final Random random;
  final DrawnIds ids;
  final Id reader;
  final Map<Id, Post> posts = new TreeMap<>();

  /** Authors whose posts the reader sees, with the reader itself unless deactivated. */
  final Set<Id> seen = new TreeSet<>();

  /** Authors that are in {@code follows} but not accepted, or not active. */
  final Set<Id> unseen = new TreeSet<>();

  final Set<Id> pulled = new TreeSet<>();
  final Map<Id, Zset> timelines = new TreeMap<>();
  Zset feed;

  private final long positions;

  /**
   * @param ids what ids are: numbers are drawn
   */
  History(long seed, DrawnIds ids) {
    this.random = new Random(seed);
    this.ids = ids;
    this.reader = ids.of(7);
    this.positions = random.nextBoolean() ? 5 : 2_000;
    authors();
    posts();
    redis();
  }

  private void authors() {
    for (long number = 1; number <= 12; number++) {
      Id author = ids.of(number);
      if (!author.equals(reader) && random.nextBoolean()) {
        (random.nextInt(4) == 0 ? unseen : seen).add(author);
      }
    }
    if (random.nextInt(10) > 0 || ids == DrawnIds.UUIDS) { // in their tables nobody is inactive
      seen.add(reader);
    }
  }

  private void posts() {
    int count = random.nextInt(300);
    Set<Id> drawn = new LinkedHashSet<>();
    while (drawn.size() < count) {
      drawn.add(ids.of(1 + random.nextInt(2_000)));
    }
    for (Id id : drawn) {
      Id author = ids.of(1 + random.nextInt(14));
      posts.put(id, new Post(id, author, somewhere(), random.nextInt(8) > 0));
    }
  }

  private long somewhere() {
    return 1_700_000_000_000_000L + random.nextInt((int) positions);
  }

  private void redis() {
    for (Id author : List.copyOf(seen)) {
      if (!author.equals(reader) && random.nextInt(3) == 0) {
        pulled.add(author);
      }
    }
    if (random.nextInt(3) == 0) {
      pulled.add(ids.of(13));
    }
    feed = zset(post -> seen.contains(post.author()) && !pulled.contains(post.author()), 15);
    for (Id author : pulled) {
      timelines.put(author, zset(post -> post.author().equals(author), 40));
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
    Map<Id, Long> entries = new TreeMap<>();
    for (Post post : posts.values()) {
      boolean must = belongs.test(post) && post.isShown() && post.createdAt() > mark;
      if (must) {
        entries.put(post.id(), post.createdAt());
      } else if (random.nextInt(4) == 0) {
        entries.put(post.id(), random.nextBoolean() ? post.createdAt() : somewhere());
      }
    }
    for (int i = random.nextInt(5); i > 0; i--) {
      entries.put(ids.of(3_000 + random.nextInt(100)), somewhere());
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

  List<Id> truth(Cursor after, int size) {
    return truth().stream()
        .filter(post -> post.cursor().isOlderThan(after))
        .limit(size)
        .map(Post::id)
        .toList();
  }
}
