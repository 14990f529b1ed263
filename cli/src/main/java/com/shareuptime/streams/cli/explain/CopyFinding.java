package com.shareuptime.streams.cli.explain;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.TextPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is to be said of a surface's copy.
 *
 * @param why in words; empty where it is right
 */
record CopyFinding(ServedCopy copy, Verdict verdict, String why) {
  private static final String COUNTERS = "counters.";

  enum Verdict {
    RIGHT,
    /** It differs, although it has passed all that the tables showed: it will not mend itself. */
    WRONG,
    /** It differs, and has not yet passed what the tables showed. */
    BEHIND,
    /** It differs by no more than events that may wait for their rows. */
    WAITING,
    /** It differs, but the tables changed while it was read. */
    MOVING,
    /** Counts of a document differ, which are written at a pace of their own. */
    LATE,
    AWAY
  }

  /**
   * Compares a copy with the tables.
   *
   * @param isStill whether the tables were the same before and after the copy was read
   * @param hasPassed whether the surface shows all that was committed when they were read first
   */
  static CopyFinding of(ServedCopy copy, TargetTruth truth, boolean isStill, boolean hasPassed) {
    if (copy.away() != null) {
      return new CopyFinding(copy, Verdict.AWAY, copy.away());
    }
    boolean isDocument = !copy.surface().startsWith(COUNTERS);
    List<String> differences = isDocument ? fields(copy, truth) : List.of();
    boolean isHidden = isDocument && truth.document().isEmpty();
    List<String> counts = isHidden ? List.of() : counts(copy.counts(), truth.rows());
    if (differences.isEmpty() && counts.isEmpty()) {
      return new CopyFinding(copy, Verdict.RIGHT, "");
    }
    boolean isLate = isDocument && differences.isEmpty();
    List<String> all = new ArrayList<>(differences);
    all.addAll(counts);
    String why = String.join("; ", all);
    return new CopyFinding(copy, verdict(isStill, hasPassed, isLate), why);
  }

  /** Events go ahead of their rows: counts that differ by them alone are not wrong. */
  CopyFinding besides(Announced events, TargetTruth truth) {
    boolean isProven = verdict == Verdict.WRONG && copy.surface().startsWith(COUNTERS);
    Counts shown = copy.counts() == null ? Counts.ZERO : copy.counts();
    return isProven && events.explains(shown, truth.counts())
        ? new CopyFinding(copy, Verdict.WAITING, why)
        : this;
  }

  private static Verdict verdict(boolean isStill, boolean hasPassed, boolean isLate) {
    if (!isStill) {
      return Verdict.MOVING;
    }
    if (isLate) {
      return Verdict.LATE;
    }
    return hasPassed ? Verdict.WRONG : Verdict.BEHIND;
  }

  private static List<String> fields(ServedCopy copy, TargetTruth truth) {
    if (copy.document().isEmpty() != truth.document().isEmpty()) {
      return List.of(copy.document().isEmpty() ? "is not found" : "is found, and must not be");
    }
    Set<String> names = new TreeSet<>(truth.document().keySet());
    names.addAll(copy.document().keySet());
    return names.stream()
        .filter(
            name ->
                !TextPrefix.isShown(
                    copy.document().get(name), truth.document().getOrDefault(name, "")))
        .map(
            name ->
                "%s is '%.60s', not '%.60s'"
                    .formatted(name, copy.document().get(name), truth.document().get(name)))
        .toList();
  }

  private static List<String> counts(Counts shown, RowCounts rows) {
    Counts truth = rows.counts();
    Counts counts = shown == null ? Counts.ZERO : shown;
    List<String> differences = new ArrayList<>();
    for (CountedView counter : rows.counters()) {
      if (counts.of(counter) != truth.of(counter)) {
        differences.add("%s %d, not %d".formatted(counter, counts.of(counter), truth.of(counter)));
      }
    }
    return differences;
  }
}
