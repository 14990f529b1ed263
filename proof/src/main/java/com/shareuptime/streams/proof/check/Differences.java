package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.proof.check.CheckReport.SurfaceResult;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What is wrong with a surface: counted, with some examples. Not thread-safe. */
final class Differences {
  enum Kind {
    /** It is there, but is not what the tables say. */
    WRONG,
    /** The tables demand it, but the surface has nothing. */
    MISSING,
    /** The surface has what must not be there. */
    EXTRA,
    OUT_OF_ORDER
  }

  static final int EXAMPLES = 10;

  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private final List<String> examples = new ArrayList<>();
  private long compared;

  void compared(long more) {
    compared += more;
  }

  void add(Kind kind, String example) {
    counts.merge(kind, 1L, Long::sum);
    if (examples.size() < EXAMPLES) {
      examples.add(example);
    }
  }

  void add(Differences other) {
    compared += other.compared;
    other.counts.forEach((kind, n) -> counts.merge(kind, n, Long::sum));
    other.examples.stream().limit(EXAMPLES - examples.size()).forEach(examples::add);
  }

  boolean isNone() {
    return counts.isEmpty();
  }

  long compared() {
    return compared;
  }

  long count(Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  long count() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  List<String> examples() {
    return List.copyOf(examples);
  }

  /** With nothing that readers saw meanwhile. */
  SurfaceResult of(String surface) {
    return with(Sightings.none(surface, compared));
  }

  SurfaceResult with(Sightings seen) {
    List<String> all = new ArrayList<>();
    examples.forEach(example -> all.add(seen.surface() + " " + example));
    all.addAll(seen.examples());
    return new SurfaceResult(
        seen.surface(),
        compared,
        count(Kind.WRONG),
        count(Kind.MISSING),
        count(Kind.EXTRA),
        count(Kind.OUT_OF_ORDER),
        Sightings.millis(seen.freshnessMicros(), 50),
        Sightings.millis(seen.freshnessMicros(), 99),
        seen.freshnessMicros().getTotalCount(),
        seen.reads(),
        seen.unansweredRounds(),
        seen.violations(),
        all);
  }
}
