package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.contract.Target;
import java.util.SplittableRandom;

/**
 * What the plan has done to one post or reel so far.
 *
 * <p>Likers are a window that slides over the writers in a fixed order: who likes next and whose
 * like may be taken back is known without keeping a set, however many likes there are.
 */
final class TargetModel {
  enum Kind {
    ORDINARY,
    /** Takes much of all traffic and is never deleted. */
    HOT,
    /** Only ever gains rows, and no fault makes its counts uncertain. */
    GROWING
  }

  private static final int REMEMBERED = 64;

  private final Target target;
  private final Kind kind;
  private final long authorId;
  private final long writers;
  private final long firstLiker;
  private final Newest<Long> visibleComments;
  private final Newest<Long> hiddenComments;
  private final Newest<Long> shares;
  private long oldestLike;
  private long nextLike;

  TargetModel(Target target, Kind kind, long authorId, long writers, SplittableRandom random) {
    this.target = target;
    this.kind = kind;
    this.authorId = authorId;
    this.writers = writers;
    this.firstLiker = random.nextLong(writers);
    this.visibleComments = new Newest<>(REMEMBERED, random);
    this.hiddenComments = new Newest<>(REMEMBERED, random);
    this.shares = new Newest<>(REMEMBERED, random);
  }

  Target target() {
    return target;
  }

  Kind kind() {
    return kind;
  }

  boolean isGrowing() {
    return kind == Kind.GROWING;
  }

  long authorId() {
    return authorId;
  }

  long likes() {
    return nextLike - oldestLike;
  }

  boolean everyoneLikesIt() {
    return likes() >= writers;
  }

  /** Index of the writer who likes it next. */
  long like() {
    return writer(nextLike++);
  }

  /**
   * Index of the writer who takes a like back: the newest (a quick change of mind) or the oldest.
   */
  long unlike(boolean newest) {
    return writer(newest ? --nextLike : oldestLike++);
  }

  /** Index of a writer who likes it now. */
  long aLiker(SplittableRandom random) {
    return writer(oldestLike + random.nextLong(likes()));
  }

  /** Index of the writer who would like it next. */
  long aStranger() {
    return writer(nextLike);
  }

  void clearLikes() {
    oldestLike = nextLike;
  }

  Newest<Long> visibleComments() {
    return visibleComments;
  }

  Newest<Long> hiddenComments() {
    return hiddenComments;
  }

  Newest<Long> shares() {
    return shares;
  }

  private long writer(long position) {
    return Math.floorMod(firstLiker + position, writers);
  }
}
