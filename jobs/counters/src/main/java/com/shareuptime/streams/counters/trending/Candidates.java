package com.shareuptime.streams.counters.trending;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.listing.ListChange;
import com.shareuptime.streams.counters.window.WindowUpdate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The targets of one list with their minutes of the last hour, ranked by decayed score: a minute's
 * weight halves every quarter of an hour, and each counter has a weight of its own. Holds at most
 * {@link #CAPACITY} targets, dropping the lowest: a dropped one comes back with its next minute.
 * Plain logic, times in epoch milliseconds.
 */
final class Candidates {
  /** How far back minutes count. */
  static final long SPAN = 3_600_000;

  /** Enough that a target outside cannot be in a list of a hundred but by its newest minute. */
  static final int CAPACITY = 10_000;

  private static final double HALF_LIFE = 900_000;

  /** Scores by minute, and whose they are. */
  private static final class Candidate {
    private final TreeMap<Long, Double> minutes = new TreeMap<>();
    private Id author;
  }

  private final Map<Id, Candidate> candidates = new HashMap<>();

  /** Takes a minute as it now stands. */
  void update(WindowUpdate update, Id author) {
    double score = 0;
    for (int i = 0; i < update.counts().size(); i++) {
      CounterKind kind = CounterKind.of(i);
      score += kind.weight() * update.counts().of(kind);
    }
    Candidate candidate = candidates.computeIfAbsent(update.target().id(), id -> new Candidate());
    candidate.minutes.put(update.start(), score);
    candidate.author = author;
  }

  /** Forgets a target, unless a minute as another author's was faster than the word of this one. */
  void remove(Id id, Id author) {
    candidates.computeIfPresent(
        id,
        (same, candidate) ->
            candidate.author.equals(author) || candidate.author.equals(ListChange.NOBODY)
                ? null
                : candidate);
  }

  /** Forgets all targets of an author. */
  void removeOf(Id author) {
    candidates.values().removeIf(candidate -> candidate.author.equals(author));
  }

  /** The best at {@code now}, highest first, ties by id; forgets what has left the hour. */
  List<Ranking.Entry> best(int count, long now) {
    List<Ranking.Entry> entries = new ArrayList<>(candidates.size());
    candidates
        .entrySet()
        .removeIf(
            target -> {
              TreeMap<Long, Double> minutes = target.getValue().minutes;
              minutes.headMap(now - SPAN).clear();
              if (minutes.isEmpty()) {
                return true;
              }
              entries.add(new Ranking.Entry(target.getKey(), score(minutes, now)));
              return false;
            });
    entries.sort(
        Comparator.comparingDouble(Ranking.Entry::score)
            .reversed()
            .thenComparing(Ranking.Entry::id));
    for (Ranking.Entry low : entries.subList(Math.min(CAPACITY, entries.size()), entries.size())) {
      candidates.remove(low.id());
    }
    return entries.stream().filter(entry -> entry.score() > 0).limit(count).toList();
  }

  /** All minutes, each as an update with as many likes as its score, for a snapshot. */
  List<ListChange> toState(Target.Type type) {
    List<ListChange> all = new ArrayList<>();
    candidates.forEach(
        (id, candidate) ->
            candidate.minutes.forEach(
                (start, score) ->
                    all.add(
                        new ListChange.Minute(
                            new WindowUpdate(
                                new CounterTarget(type, id),
                                start,
                                Counts.ZERO.plus(CounterKind.LIKES, Math.round(score)),
                                0),
                            candidate.author))));
    return all;
  }

  private static double score(TreeMap<Long, Double> minutes, long now) {
    double sum = 0;
    for (Map.Entry<Long, Double> minute : minutes.entrySet()) {
      sum += minute.getValue() * Math.pow(0.5, (now - minute.getKey()) / HALF_LIFE);
    }
    return sum;
  }
}
