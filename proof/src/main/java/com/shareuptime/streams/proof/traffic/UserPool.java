package com.shareuptime.streams.proof.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The users of a plan. Members stay for good; newcomers sign up during the run and may be deleted;
 * the slow ones act in nothing but slow transactions, and the hasty ones in nothing but races, so
 * that nobody else waits for their rows.
 *
 * <p>Of the members every twelfth is a regular, whose feed is always wanted, and the one after him
 * comes and goes. He and the next one write nothing but whom they follow: who writes is active, and
 * somebody must not be.
 */
final class UserPool {
  static final long MEMBERS = 5_000;
  static final long REGULARS = 416;
  private static final long EVERY_TWELFTH = 12;
  private static final long SILENT_OF_TWELVE = 2;
  private static final long WRITERS_OF_TWELVE = EVERY_TWELFTH - SILENT_OF_TWELVE;

  /** Members who like, comment, share and publish. */
  static final long WRITERS = REGULARS * WRITERS_OF_TWELVE;

  private static final long SLOW = 200;
  private static final long HASTY = 100;

  private final long first;
  private final List<Long> newcomers = new ArrayList<>();
  private long nextId;

  UserPool(FirstIds ids) {
    first = ids.user();
    nextId = first + MEMBERS + SLOW + HASTY;
  }

  /** Who is there before the traffic starts. */
  List<Long> founders() {
    List<Long> all = new ArrayList<>();
    for (long id = first; id < first + MEMBERS + SLOW + HASTY; id++) {
      all.add(id);
    }
    return all;
  }

  long member(long index) {
    return first + index;
  }

  long anyMember(SplittableRandom random) {
    return first + random.nextLong(MEMBERS);
  }

  /**
   * @param index below {@link #WRITERS}
   */
  long writer(long index) {
    long place = index % WRITERS_OF_TWELVE;
    long inTwelve = place == 0 ? 0 : place + SILENT_OF_TWELVE;
    return member(index / WRITERS_OF_TWELVE * EVERY_TWELFTH + inTwelve);
  }

  long anyWriter(SplittableRandom random) {
    return writer(random.nextLong(WRITERS));
  }

  /** Whether a member may write rows other than follows. */
  boolean isWriter(long user) {
    long inTwelve = (user - first) % EVERY_TWELFTH;
    return inTwelve == 0 || inTwelve > SILENT_OF_TWELVE;
  }

  long regular(long index) {
    return member(index % REGULARS * EVERY_TWELFTH);
  }

  long anyRegular(SplittableRandom random) {
    return regular(random.nextLong(REGULARS));
  }

  long comerAndGoer(long index) {
    return member(index % REGULARS * EVERY_TWELFTH + 1);
  }

  long anySlow(SplittableRandom random) {
    return first + MEMBERS + random.nextLong(SLOW);
  }

  long anyHasty(SplittableRandom random) {
    return first + MEMBERS + SLOW + random.nextLong(HASTY);
  }

  boolean isMember(long user) {
    return user >= first && user < first + MEMBERS;
  }

  long newcomer() {
    newcomers.add(nextId);
    return nextId++;
  }

  boolean hasNewcomers() {
    return !newcomers.isEmpty();
  }

  long anyNewcomer(SplittableRandom random) {
    return newcomers.get(random.nextInt(newcomers.size()));
  }

  long removeNewcomer(SplittableRandom random) {
    return newcomers.remove(random.nextInt(newcomers.size()));
  }
}
