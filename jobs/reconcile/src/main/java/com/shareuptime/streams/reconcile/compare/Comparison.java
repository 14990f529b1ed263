package com.shareuptime.streams.reconcile.compare;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.reconcile.plan.IdBucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares buckets of one scope, row by row: the surfaces are read first, then the tables in one
 * snapshot. A row that differs is looked at again, with others, until it is right, proven wrong, or
 * given up. Not thread-safe.
 *
 * @param <T> what the tables say of one row
 */
public final class Comparison<T> implements AutoCloseable {
  /** Rows that are looked at again in one go. */
  private static final int BATCH = 1_000;

  /** Suspects that are kept at most; beyond it the next bucket waits. */
  private static final int MOST_SUSPECTS = 50_000;

  /**
   * How a comparison goes about it.
   *
   * @param load share of the time that the source may be kept busy, above 0, at most 1
   * @param patience for a proof, beyond the time in which a surface settles
   */
  public record Settings(double load, Duration patience) implements java.io.Serializable {}

  private final Tables<T> tables;
  private final List<Copies<T>> surfaces;
  private final Source source;
  private final Progresses progresses;
  private final Ledger ledger;
  private final Settings settings;
  private final Map<Surface, List<Suspect<T>>> suspects = new LinkedHashMap<>();

  /**
   * @param surfaces in the order in which they are read: a store that must be asked by key later
   */
  public Comparison(
      Tables<T> tables,
      List<Copies<T>> surfaces,
      PostgresAddress source,
      Progresses progresses,
      Ledger ledger,
      Settings settings) {
    this.tables = tables;
    this.surfaces = surfaces;
    this.source = new Source(source, settings.load());
    this.progresses = progresses;
    this.ledger = ledger;
    this.settings = settings;
    surfaces.forEach(copies -> suspects.put(copies.surface(), new ArrayList<>()));
  }

  /** Compares all rows of a bucket; some of them may stay under suspicion. */
  public void compare(IdBucket bucket) throws Exception {
    while (suspectCount() > MOST_SUSPECTS) {
      look();
    }
    Map<Copies<T>, Map<Id, Copy<T>>> shown = new LinkedHashMap<>();
    Set<Id> known = candidates(bucket);
    for (Copies<T> copies : surfaces) {
      Map<Id, Copy<T>> read = copies.read(bucket, known);
      shown.put(copies, read);
      known.addAll(read.keySet());
    }
    Source.Answer<T> answer = source.read(snapshot -> tables.read(snapshot, bucket, known));
    for (Copies<T> copies : surfaces) {
      compare(bucket, copies, shown.get(copies), answer);
    }
  }

  private Set<Id> candidates(IdBucket bucket) throws Exception {
    Set<Id> candidates = new HashSet<>();
    if (!bucket.isCountable()) {
      source.read(
          snapshot -> {
            tables.candidates(snapshot, bucket).forEach(candidates::add);
            return Map.of();
          });
    }
    return candidates;
  }

  private void compare(
      IdBucket bucket, Copies<T> copies, Map<Id, Copy<T>> shown, Source.Answer<T> answer)
      throws Exception {
    Set<Id> ids = new HashSet<>(answer.rows().keySet());
    ids.addAll(shown.keySet());
    OpenBucket open =
        new OpenBucket(
            bucket,
            copies.surface(),
            answer.before(),
            ids.size(),
            answer.millis() / surfaces.size());
    for (Id id : ids) {
      Copy<T> copy = shown.getOrDefault(id, copies.absent());
      T truth = answer.rows().get(id);
      if (copy.differenceFrom(truth).isPresent()) {
        open.suspect();
        suspects
            .get(copies.surface())
            .add(
                new Suspect<>(
                    open,
                    id,
                    copy,
                    truth,
                    answer.moment(),
                    micros(copies.settlesWithin()),
                    micros(copies.lag()),
                    micros(settings.patience())));
      }
    }
    if (open.isSettled()) {
      ledger.compared(open.result());
    }
  }

  /** Looks once at all suspects; returns how many there still are. */
  public int look() throws Exception {
    for (Copies<T> copies : surfaces) {
      List<Suspect<T>> all = suspects.get(copies.surface());
      List<Suspect<T>> open = new ArrayList<>();
      for (int from = 0; from < all.size(); from += BATCH) {
        look(copies, all.subList(from, Math.min(all.size(), from + BATCH)), open);
      }
      suspects.put(copies.surface(), open);
    }
    return suspectCount();
  }

  private void look(Copies<T> copies, List<Suspect<T>> batch, List<Suspect<T>> open)
      throws Exception {
    Ids ids = Ids.of(batch.stream().map(suspect -> suspect.id).toList());
    Moment progress = progresses.of(copies.surface());
    Map<Id, Copy<T>> shown = new HashMap<>(copies.read(ids));
    Source.Answer<T> answer = source.read(snapshot -> tables.read(snapshot, ids));
    for (Suspect<T> suspect : batch) {
      Copy<T> copy = shown.getOrDefault(suspect.id, copies.absent());
      Verdict verdict =
          suspect.look(progress, copy, answer.rows().get(suspect.id), answer.moment());
      if (verdict == Verdict.OPEN) {
        open.add(suspect);
      } else {
        settle(suspect, verdict);
      }
    }
  }

  private void settle(Suspect<T> suspect, Verdict verdict) throws Exception {
    if (verdict == Verdict.WRONG || verdict == Verdict.UNVERIFIED) {
      ledger.found(suspect.finding(verdict));
    }
    suspect.bucket.settled(verdict);
    if (suspect.bucket.isSettled()) {
      ledger.compared(suspect.bucket.result());
    }
  }

  private int suspectCount() {
    return suspects.values().stream().mapToInt(List::size).sum();
  }

  private static long micros(Duration time) {
    return time.toMillis() * 1_000;
  }

  @Override
  public void close() {
    surfaces.forEach(Copies::close);
    source.close();
  }
}
