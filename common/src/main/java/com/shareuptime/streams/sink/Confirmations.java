package com.shareuptime.streams.sink;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a store went back in time. A writer numbers its batches and leaves the number in the
 * store behind each; a store that holds a lower number than it has confirmed lacks the batches
 * between. What is remembered of them is sent again; else {@link LostWrites} says what is done.
 *
 * <p>The numbers of the writers of an earlier run are in its checkpoint. They are looked at once,
 * before this writer's own: whatever takes those back later takes back this one's as well, as
 * stores lose the end of their history, not its middle.
 *
 * <p>Used by the writer's thread; {@link #marks} and {@link #lacksWrites} by any.
 */
public final class Confirmations<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Confirmations.class);

  /** The number of a writer that a store knows nothing of; one that has begun has 0. */
  public static final long UNKNOWN = -1;

  /** Stores sync their logs every second, or every other one when the disk is slow. */
  private static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(4);

  private static final int KEEP_VALUES = 500_000;

  /** The numbers in a store. */
  public interface Numbers {
    /** The numbers of writers; of those that the store does not know, none. */
    Map<String, Long> read(Collection<String> writers) throws Exception;

    /** Sets the number of a writer, whatever it was. */
    void set(String writer, long number) throws Exception;
  }

  /** Sends a batch again, without its number. */
  @FunctionalInterface
  public interface Resend<T> {
    void send(List<T> batch) throws Exception;
  }

  private final String surface;
  private final LostWrites losses;
  private final Counter lossCount;
  private final List<StoreMark> earlier;
  private final Map<String, StoreMark> owed = new LinkedHashMap<>();
  private final RecentWrites<T> recent;
  private final String writer = UUID.randomUUID().toString();

  private boolean registered;
  private boolean told;
  private long confirmed;
  private volatile List<StoreMark> marks;
  private volatile boolean lacksWrites;

  /**
   * @param earlier what was confirmed to the run that this one goes on from
   * @param lossCount counts each time that a loss could not be sent again
   */
  public Confirmations(
      String surface, LostWrites losses, List<StoreMark> earlier, Counter lossCount) {
    this(
        surface,
        losses,
        earlier,
        lossCount,
        new RecentWrites<>(KEEP_NANOS, KEEP_VALUES, System::nanoTime));
  }

  Confirmations(
      String surface,
      LostWrites losses,
      List<StoreMark> earlier,
      Counter lossCount,
      RecentWrites<T> recent) {
    this.recent = recent;
    this.surface = surface;
    this.losses = losses;
    this.lossCount = lossCount;
    this.earlier = List.copyOf(earlier);
    this.marks = this.earlier;
    this.lacksWrites = !earlier.isEmpty(); // as long as the store was not looked at
  }

  /** The name of this writer in the store. */
  public String writer() {
    return writer;
  }

  /** The number of the last batch that was confirmed. */
  public long confirmed() {
    return confirmed;
  }

  /** For the next checkpoint. */
  public List<StoreMark> marks() {
    return marks;
  }

  /** Whether something that the store had confirmed is missing there. */
  public boolean lacksWrites() {
    return lacksWrites;
  }

  /** To be called with each new connection, before anything is written. */
  public void connected(Numbers store, Resend<T> resend) throws Exception {
    if (registered) {
      long held = store.read(List.of(writer)).getOrDefault(writer, UNKNOWN);
      looked(held, store, resend);
      return;
    }
    List<StoreMark> missing = missing(store);
    if (!missing.isEmpty()) {
      lose(missing);
    }
    store.set(writer, 0);
    registered = true;
    publish();
    lacksWrites = !owed.isEmpty();
  }

  /**
   * A batch is written, and its number noted if the number before was as expected.
   *
   * @param before the number that the store had: {@link #confirmed}, or more if an answer was lost
   */
  public void written(List<T> batch, long before, Numbers store, Resend<T> resend)
      throws Exception {
    if (before < confirmed) {
      catchUp(before, store, resend);
      resend.send(batch); // again, as it came before what is older
      store.set(writer, confirmed + 1);
    }
    confirmed++;
    recent.add(confirmed, batch);
    publish();
  }

  /** Nothing was to be written, and the store's number was looked at. */
  public void looked(long held, Numbers store, Resend<T> resend) throws Exception {
    if (held < confirmed) {
      catchUp(held, store, resend);
      publish();
    }
  }

  private void catchUp(long held, Numbers store, Resend<T> resend) throws Exception {
    lacksWrites = true;
    if (!recent.reachBackTo(held)) { // never to UNKNOWN: then others' writes may be gone as well
      lose(List.of(new StoreMark(writer, confirmed, false)));
    } else {
      LOG.warn(
          "{}: the store went back from batch {} to {} of this writer: what is missing is sent again",
          surface,
          confirmed,
          held);
    }
    for (List<T> batch : recent.since(held)) {
      resend.send(batch);
    }
    store.set(writer, confirmed);
    lacksWrites = !owed.isEmpty();
  }

  /** Of the earlier run, what the store does not hold. */
  private List<StoreMark> missing(Numbers store) throws Exception {
    if (earlier.isEmpty()) {
      return List.of();
    }
    Map<String, Long> held = store.read(earlier.stream().map(StoreMark::writer).toList());
    return earlier.stream()
        .filter(mark -> mark.lost() || held.getOrDefault(mark.writer(), UNKNOWN) < mark.sequence())
        .toList();
  }

  private void lose(List<StoreMark> missing) throws Exception {
    lacksWrites = true;
    if (!told) {
      told = true;
      lossCount.inc();
      LOG.error(
          "{}: the store went back in time: it lacks writes that it had confirmed, and that are not"
              + " remembered. What changes from now on is written; for all the rest: {}",
          surface,
          losses.advice());
    }
    if (!losses.makeGood(missing)) {
      missing.forEach(
          mark -> owed.put(mark.writer(), new StoreMark(mark.writer(), mark.sequence(), true)));
    }
    told = false;
  }

  private void publish() {
    List<StoreMark> all = new ArrayList<>(owed.values());
    all.add(new StoreMark(writer, confirmed, false));
    marks = List.copyOf(all);
  }
}
