package com.shareuptime.streams.proof.traffic;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/** What a simulator has done so far. Safe for use by many threads. */
public final class TrafficStats {
  /** Where a bad event lies, as the broker has acknowledged it. */
  public record BadRecord(BadEvent kind, String topic, int partition, long offset) {}

  private final LongAdder interactions = new LongAdder();
  private final LongAdder rows = new LongAdder();
  private final LongAdder transactions = new LongAdder();
  private final LongAdder events = new LongAdder();
  private final LongAdder resent = new LongAdder();
  private final LongAdder retriedTransactions = new LongAdder();
  private final LongAdder unfollows = new LongAdder();
  private final LongAdder returns = new LongAdder();
  private final Map<Fault, LongAdder> faults = new EnumMap<>(Fault.class);
  private final Map<Revision, LongAdder> revisions = new EnumMap<>(Revision.class);
  private final List<BadRecord> badRecords = new CopyOnWriteArrayList<>();

  private volatile Crossings crossings = Crossings.NONE;
  private volatile Duration generation = Duration.ZERO;

  TrafficStats() {
    for (Fault fault : Fault.values()) {
      faults.put(fault, new LongAdder());
    }
    for (Revision revision : Revision.values()) {
      revisions.put(revision, new LongAdder());
    }
  }

  /** How long it took to do the interactions, without the wait for late events at the end. */
  public Duration generation() {
    return generation;
  }

  void generatedIn(Duration time) {
    generation = time;
  }

  /** Interactions planned and executed. */
  public long interactions() {
    return interactions.sum();
  }

  /** Rows that commits have changed, without those that foreign keys took along. */
  public long rows() {
    return rows.sum();
  }

  public long transactions() {
    return transactions.sum();
  }

  /** Records that the brokers have acknowledged. */
  public long events() {
    return events.sum();
  }

  /** Records sent again because their acknowledgement did not come. */
  public long resent() {
    return resent.sum();
  }

  /** Transactions tried again because the server went away. */
  public long retriedTransactions() {
    return retriedTransactions.sum();
  }

  public long unfollows() {
    return unfollows.sum();
  }

  /** Activity of a user who had been away for longer than {@link FeedScale#ACTIVITY_WINDOW}. */
  public long returns() {
    return returns.sum();
  }

  public Crossings crossings() {
    return crossings;
  }

  public long count(Fault fault) {
    return faults.get(fault).sum();
  }

  public long count(Revision revision) {
    return revisions.get(revision).sum();
  }

  public List<BadRecord> badRecords() {
    return List.copyOf(badRecords);
  }

  void addInteractions(long n) {
    interactions.add(n);
  }

  void committed(long changedRows) {
    transactions.increment();
    rows.add(changedRows);
  }

  void acknowledged() {
    events.increment();
  }

  void sentAgain() {
    resent.increment();
  }

  void retried() {
    retriedTransactions.increment();
  }

  void unfollowed() {
    unfollows.increment();
  }

  void returned() {
    returns.increment();
  }

  void crossed(Crossings inAll) {
    crossings = inAll;
  }

  void add(Fault fault) {
    faults.get(fault).increment();
  }

  void add(Revision revision) {
    revisions.get(revision).increment();
  }

  void add(BadRecord bad) {
    badRecords.add(bad);
  }
}
