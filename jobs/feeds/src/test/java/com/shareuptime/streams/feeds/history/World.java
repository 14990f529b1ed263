package com.shareuptime.streams.feeds.history;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.feeds.audience.ReaderInput;
import com.shareuptime.streams.feeds.row.PostRow;
import com.shareuptime.streams.testing.DrawnIds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * The product's tables, changed at random, and the topics that tell of each change: posts come, go,
 * come again under the same id, change their date and their author; users follow, unfollow and
 * follow again; accounts and activity come and go. Activity is told by events; in half of the
 * worlds rows tell it as well: posts, follows, and likes, of which nothing else is known here. What
 * it does not draw: changes of several tables in one transaction (each row is a commit of its own),
 * generations of a re-snapshot, and days: no deleted row is ever forgotten.
 */
final class World {
  static final int USERS = 8;

  /** Ids of posts have low bits that never change, as those of snowflakes. */
  private static final int ID_SHIFT = 12;

  /** A record of a topic; {@code value} is null for a heartbeat. */
  record Entry<T>(long time, T value) {}

  static final class Post {
    final Id id;
    Id author;
    long position;
    boolean visible = true;
    boolean exists = true;
    long shownAt;

    Post(Id id, Id author, long position) {
      this.id = id;
      this.author = author;
      this.position = position;
    }
  }

  final DrawnIds ids;
  final SplittableRandom random;
  final Map<Id, Post> posts = new HashMap<>();
  final Map<Id, Map<Id, Long>> follows = new HashMap<>();
  final Set<Id> deactivated = new HashSet<>();
  final List<Entry<PostRow>> postTopic = new ArrayList<>();
  final List<Entry<ReaderInput>> readerTopic = new ArrayList<>();
  final List<Entry<ReaderInput>> activityTopic = new ArrayList<>();
  final List<Entry<ReaderInput.Activity>> ownRows = new ArrayList<>();
  long now = 1_000_000;
  private final boolean rowsTellActivity;
  private long lastPost;

  World(DrawnIds ids, SplittableRandom random) {
    this.ids = ids;
    this.random = random;
    rowsTellActivity = random.nextBoolean();
    for (Id user : users(1, USERS)) {
      follows.put(user, new HashMap<>());
    }
  }

  /** Those of these numbers. */
  Ids users(int first, int last) {
    return ids.of(LongStream.rangeClosed(first, last));
  }

  /** One random change. */
  void change() {
    now += 1 + random.nextInt(20);
    switch (random.nextInt(25)) {
      case 0, 1, 2, 3 -> isOwn(post(user()));
      case 4 -> isOwn(post(user(), somewhen()));
      case 5, 6, 7, 8 -> {
        Id follower = user();
        follow(follower, user());
        wrote(follower, now);
      }
      case 9, 10 -> unfollow(user());
      case 11, 12, 13 -> toggle();
      case 14 -> delete();
      case 15 -> account(user());
      case 16 -> some(post -> redate(post, random.nextBoolean() ? now : somewhen()));
      case 17 -> some(post -> move(post, user()));
      case 18 -> comeAgain();
      default -> act(user());
    }
    if (random.nextInt(3) == 0) {
      beat();
    }
  }

  void beat() {
    now++;
    postTopic.add(new Entry<>(now, null));
    readerTopic.add(new Entry<>(now, null));
  }

  /** Says hello or likes something. */
  void act(Id user) {
    if (rowsTellActivity && random.nextBoolean()) {
      wrote(user, now);
    } else {
      activity(user);
    }
  }

  private void isOwn(Post post) {
    wrote(post.author, post.position);
  }

  /** A row of a user, which has a time of its own. */
  private void wrote(Id user, long time) {
    if (rowsTellActivity) {
      ownRows.add(new Entry<>(now, ReaderInput.Activity.of(user, time, now)));
    }
  }

  void activity(Id user) {
    activityTopic.add(new Entry<>(now, new ReaderInput.Activity(user, now)));
  }

  /** What a client asks for that finds no feed. */
  void rebuild(Id user) {
    activityTopic.add(new Entry<>(now, new ReaderInput.Rebuild(user)));
  }

  Post post(Id author) {
    return post(author, now);
  }

  /** Of all that there ever were, or none. */
  private Post anyPost() {
    return posts.get(ids.of(1 + random.nextLong(lastPost + 1) << ID_SHIFT));
  }

  /** A post with a date of its own, as an import makes them. */
  Post post(Id author, long position) {
    Post post = new Post(ids.of(++lastPost << ID_SHIFT), author, position);
    posts.put(post.id, post);
    shown(post);
    return post;
  }

  /** Some time ago, at 1970 or before, or the very date of another post. */
  private long somewhen() {
    if (random.nextInt(12) == 0) {
      return -random.nextInt(3);
    }
    Post other = anyPost();
    return other != null && random.nextInt(3) == 0
        ? other.position
        : Math.max(1, now - random.nextInt(3_000));
  }

  private void shown(Post post) {
    post.shownAt = now;
    tell(post);
  }

  void redate(Post post, long position) {
    post.position = position;
    shown(post);
  }

  void move(Post post, Id author) {
    post.author = author;
    if (random.nextInt(3) == 0) {
      post.position = somewhen();
    }
    shown(post);
  }

  /** A deleted post's id is inserted again. */
  private void comeAgain() {
    Post post = anyPost();
    if (post != null && !post.exists) {
      comeAgain(post, user(), random.nextBoolean() ? now : somewhen());
    }
  }

  void comeAgain(Post post, Id author, long position) {
    post.exists = true;
    post.visible = true;
    post.author = author;
    post.position = position;
    shown(post);
  }

  void follow(Id follower, Id followee) {
    if (!follower.equals(followee) && !follows.get(follower).containsKey(followee)) {
      follows.get(follower).put(followee, now);
      tellFollow(follower, followee, true);
    }
  }

  private void unfollow(Id follower) {
    List<Id> followees = new ArrayList<>(follows.get(follower).keySet());
    if (!followees.isEmpty()) {
      Id followee = followees.get(random.nextInt(followees.size()));
      unfollow(follower, followee);
      if (random.nextInt(3) == 0) {
        now++;
        follow(follower, followee);
      }
    }
  }

  void unfollow(Id follower, Id followee) {
    follows.get(follower).remove(followee);
    tellFollow(follower, followee, false);
  }

  private void toggle() {
    some(this::toggle);
  }

  private void some(Consumer<Post> change) {
    Post post = anyPost();
    if (post != null && post.exists) {
      change.accept(post);
    }
  }

  /** Hides a post, or shows it again. */
  void toggle(Post post) {
    post.visible = !post.visible;
    shown(post);
  }

  private void delete() {
    some(this::delete);
  }

  void delete(Post post) {
    post.exists = false;
    tell(post);
  }

  /** Deactivates an account, or brings it back. */
  void account(Id user) {
    boolean active = deactivated.remove(user);
    if (!active) {
      deactivated.add(user);
    }
    readerTopic.add(
        new Entry<>(now, new ReaderInput.Account(user, new RowVersion(1, now), active)));
  }

  private void tell(Post post) {
    boolean visible = post.exists && post.visible;
    postTopic.add(
        new Entry<>(
            now,
            new PostRow(
                post.id,
                new RowVersion(1, now),
                post.exists ? post.author : Id.of(0),
                post.exists ? post.position : 0,
                visible,
                now)));
  }

  /** A row of follows, whatever else is known. */
  void tellFollow(Id follower, Id followee, boolean accepted) {
    readerTopic.add(
        new Entry<>(
            now,
            new ReaderInput.Follow(follower, followee, new RowVersion(1, now), accepted, now)));
  }

  Id user() {
    return ids.of(1 + random.nextInt(USERS));
  }

  /** Whether the tables let a user see a post in the feed. */
  boolean sees(Id user, Post post) {
    return post.exists
        && post.visible
        && !deactivated.contains(post.author)
        && (post.author.equals(user) || follows.get(user).containsKey(post.author));
  }

  /** When the last of what lets the user see it was committed; accounts are not for the feed. */
  long seenSince(Id user, Post post) {
    return Math.max(
        post.shownAt, post.author.equals(user) ? 0 : follows.get(user).get(post.author));
  }

  /** The whole feed by the tables, newest first. */
  List<Post> feed(Id user) {
    return posts.values().stream()
        .filter(post -> sees(user, post))
        .sorted(
            Comparator.<Post>comparingLong(post -> post.position)
                .thenComparing(post -> post.id)
                .reversed())
        .toList();
  }
}
