package com.shareuptime.streams.contract;

import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * What a counter is called and made of: rows of one view of the model, each of which names by
 * {@code target_type} and {@code target_id} what it counts for.
 *
 * @param kind by which arrays and state have it
 * @param name {@code likes}: the view, and what most surfaces call the counter
 * @param event {@code like}: the type of the events that announce its rows, and what one row is
 *     called as a target
 * @param targets labels of what its rows may count for
 * @param actor the column with the user who has made a row; null if there is none
 * @param hasAmount whether a row counts for its {@code amount}, which may be below 0; else for 1
 * @param targetIds what {@code target_id} is; text where targets have ids of several kinds
 */
public record CountedView(
    CounterKind kind,
    String name,
    String event,
    Set<String> targets,
    String actor,
    boolean hasAmount,
    IdKind targetIds)
    implements Serializable {
  private static final String POST = Target.Type.POST.label();
  private static final String REEL = Target.Type.REEL.label();

  /** Of the canonical model. */
  public static final List<CountedView> CANONICAL = fixed(IdKind.NUMBER);

  public CountedView {
    targets = Set.copyOf(targets);
  }

  /** Those that every product has, as the canonical model has them, in the order of their kinds. */
  static List<CountedView> fixed(IdKind ids) {
    Set<String> both = Set.of(POST, REEL);
    return List.of(
        new CountedView(CounterKind.LIKES, "likes", "like", both, "user_id", false, ids),
        new CountedView(CounterKind.COMMENTS, "comments", "comment", both, "author_id", false, ids),
        new CountedView(
            CounterKind.SHARES, "shares", "share", Set.of(POST), "user_id", false, ids));
  }

  /** {@code likes_count}: the column of {@code streams.counters}, and the field of documents. */
  public String column() {
    return name + "_count";
  }

  /** {@code likes-events}: the topic of the events that announce its rows. */
  public String eventsTopic() {
    return name + "-events";
  }

  /** Whether its rows may count for targets of this type: reels are not shared. */
  public boolean counts(Target.Type type) {
    return targets.contains(type.label());
  }

  /** Whether targets of this type show it: documents have the fixed ones, if only with 0. */
  public boolean isShownFor(Target.Type type) {
    return counts(type) || (kind.isFixed() && Target.Type.DOCUMENTS.contains(type));
  }

  @Override
  public String toString() {
    return name;
  }
}
