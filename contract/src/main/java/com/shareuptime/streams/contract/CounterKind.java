package com.shareuptime.streams.contract;

import java.util.List;
import java.util.Optional;

/**
 * What is counted of a target: rows of one table. {@link #ALL} is the one list; whatever is done
 * for each counter loops over it. How to add one: {@code docs/how-to-add-a-counter.md}.
 *
 * @param ordinal the place in the list, by which arrays and serializers have it: it never changes
 * @param text {@code likes}: the table, and what most surfaces call the counter
 * @param event {@code like}: the type of the events that announce its rows
 * @param rows how a row of the table tells what it counts for
 * @param weight of one of them in trending scores, where a like has 1
 * @param mirrored whether the tables of its targets have a column for it, see {@link #column}
 */
public record CounterKind(
    int ordinal, String text, String event, Rows rows, double weight, boolean mirrored) {
  public static final CounterKind LIKES =
      new CounterKind(0, "likes", "like", Rows.ofAny("user_id"), 1, true);
  public static final CounterKind COMMENTS =
      new CounterKind(
          1, "comments", "comment", Rows.ofAny("author_id").withId().mayBeHidden(), 2, true);
  public static final CounterKind SHARES =
      new CounterKind(2, "shares", "share", Rows.ofPosts("user_id").withId(), 3, true);

  /** In the order of their ordinals. A new one comes last. */
  public static final List<CounterKind> ALL = List.of(LIKES, COMMENTS, SHARES);

  /** How many there are. */
  public static final int COUNT = ALL.size();

  /**
   * How a row names its target and itself.
   *
   * @param targetType of all rows; null where each says it in {@code target_type}
   * @param target the column with the target's id
   * @param actor the column with the user who has made it
   * @param hasId whether its key is {@code id}; else target and actor are
   * @param isHideable whether it counts only while {@code is_deleted} is false
   */
  public record Rows(
      Target.Type targetType, String target, String actor, boolean hasId, boolean isHideable) {
    static Rows ofAny(String actor) {
      return new Rows(null, "target_id", actor, false, false);
    }

    static Rows ofPosts(String actor) {
      return new Rows(Target.Type.POST, "post_id", actor, false, false);
    }

    Rows withId() {
      return new Rows(targetType, target, actor, true, isHideable);
    }

    Rows mayBeHidden() {
      return new Rows(targetType, target, actor, hasId, true);
    }
  }

  /** The one with this ordinal. */
  public static CounterKind of(int ordinal) {
    return ALL.get(ordinal);
  }

  /** The one whose events have this type. */
  public static Optional<CounterKind> announcedBy(String event) {
    return ALL.stream().filter(kind -> kind.event.equals(event)).findFirst();
  }

  /** The one whose rows are in this table. */
  public static Optional<CounterKind> ofTable(String table) {
    return ALL.stream().filter(kind -> kind.text.equals(table)).findFirst();
  }

  /** {@code likes_count}: the column of {@code streams.counters}, and the field of documents. */
  public String column() {
    return text + "_count";
  }

  /** {@code likes-events}: the topic of the events that announce its rows. */
  public String eventsTopic() {
    return text + "-events";
  }

  /** Whether targets of this type have such a counter: reels are not shared. */
  public boolean counts(Target.Type type) {
    return rows.targetType == null || rows.targetType == type;
  }

  @Override
  public int hashCode() {
    return ordinal;
  }

  @Override
  public String toString() {
    return text;
  }
}
