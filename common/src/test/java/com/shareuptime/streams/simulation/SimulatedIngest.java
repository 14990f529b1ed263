package com.shareuptime.streams.simulation;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.GenerationEnd;
import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.simulation.SimulatedDatabase.Beat;
import com.shareuptime.streams.simulation.SimulatedDatabase.Change;
import com.shareuptime.streams.simulation.SimulatedDatabase.Logged;
import com.shareuptime.streams.simulation.SimulatedDatabase.Truncate;
import com.shareuptime.streams.simulation.SimulatedDatabase.Write;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Ingest as others see it: what it appends to the cdc topics, and in which order. A snapshot reads
 * each row at some moment after the slot was made, then the log is copied from there. After a
 * restart all since its checkpoint comes again.
 */
public final class SimulatedIngest {
  private static final int TRUNCATION_BITS = 20;
  private static final Heartbeat NO_BEAT = null;
  private static final GenerationEnd NO_END = null;

  /** A row that a snapshot has still to read. */
  private record Pending(CdcTable table, String key) {}

  /** The generation of a table, and where it was truncated last. */
  private record Epoch(long generation, long truncatedAt) {
    long at(long commit) {
      return commit < truncatedAt ? generation - 1 : generation;
    }
  }

  /** All that a checkpoint of ingest keeps. */
  private record State(
      long snapshot, int position, List<Pending> pending, Map<CdcTable, Epoch> epochs) {}

  private final Simulation simulation;
  private final SimulatedDatabase database;
  private final Map<CdcTable, SimulatedTopic<CdcRecord>> topics = new TreeMap<>();
  private long snapshot;
  private int position;
  private ArrayDeque<Pending> pending;
  private Map<CdcTable, Epoch> epochs = new TreeMap<>();
  private State checkpoint;

  /**
   * Begins with a snapshot.
   *
   * @param partitions of the topics; other tables are not read
   */
  public SimulatedIngest(
      Simulation simulation, SimulatedDatabase database, Map<CdcTable, Integer> partitions) {
    this.simulation = simulation;
    this.database = database;
    partitions.forEach(
        (table, count) -> topics.put(table, new SimulatedTopic<>(table.topic(), count)));
    resnapshot();
  }

  /** The topics, to be read by a job. */
  public List<SimulatedTopic<?>> topics() {
    return new ArrayList<>(topics.values());
  }

  /** The topic of one table. */
  public SimulatedTopic<CdcRecord> topic(CdcTable table) {
    return topics.get(table);
  }

  /** Whether a snapshot is under way: no heartbeat comes before its end. */
  public boolean isInSnapshot() {
    return pending != null;
  }

  /** Whether all that was committed has been appended. */
  public boolean isAtEnd() {
    return pending == null && position == database.log().size();
  }

  /** What was committed and has not been appended since the last restart: a snapshot misses it. */
  public List<Write> unread() {
    List<Write> unread = new ArrayList<>();
    for (Logged logged : database.log().subList(position, database.log().size())) {
      if (logged instanceof Change change) {
        unread.add(change.write());
      }
    }
    return unread;
  }

  /** Starts anew: the next generation. */
  public void resnapshot() {
    snapshot++;
    simulation.note("ingest begins snapshot %d", snapshot);
    position = database.log().size();
    pending = new ArrayDeque<>();
    epochs = new TreeMap<>();
    for (CdcTable table : topics.keySet()) {
      epochs.put(table, new Epoch(snapshot << TRUNCATION_BITS, 0));
      for (String key : database.rows(table).keySet()) {
        pending.add(new Pending(table, key));
      }
    }
    checkpoint();
  }

  /** Keeps what a restart goes on from. */
  public void checkpoint() {
    checkpoint =
        new State(
            snapshot,
            position,
            pending == null ? null : new ArrayList<>(pending),
            new TreeMap<>(epochs));
  }

  /** Goes on from the last checkpoint: what was appended since comes again. */
  public void restart() {
    simulation.note("ingest restarts");
    position = checkpoint.position;
    pending = checkpoint.pending == null ? null : new ArrayDeque<>(checkpoint.pending);
    epochs = new TreeMap<>(checkpoint.epochs);
  }

  /** Writes the heartbeat into the database, if it is time for that. */
  public void beat() {
    if (pending == null) {
      database.beat();
    }
  }

  /** Appends up to so many rows or commits. */
  public void step(int most) {
    for (int left = most; left > 0 && !isAtEnd(); left--) {
      if (pending != null) {
        readRow();
      } else {
        copy(database.log().get(position++));
      }
    }
  }

  /** Appends all there is. */
  public void settle() {
    while (!isAtEnd()) {
      step(100);
    }
  }

  private void readRow() {
    Pending next = pending.poll();
    if (next == null) {
      pending = null;
      simulation.note("snapshot %d is complete", snapshot);
      topics.keySet().forEach(this::endGeneration);
      return;
    }
    String row = database.rows(next.table).get(next.key);
    if (row != null) {
      long generation = epochs.get(next.table).generation;
      append(
          next.table,
          next.key,
          envelope(row, 'r', simulation.now()),
          new RowVersion(generation, 0, 0));
    }
  }

  private void copy(Logged logged) {
    if (logged instanceof Beat beat) {
      topics.keySet().forEach(table -> beat(table, beat));
    } else if (logged instanceof Truncate truncate) {
      truncate(truncate);
    } else if (logged instanceof Change change) {
      change(change);
    }
  }

  private void change(Change change) {
    CdcTable table = change.write().table();
    if (!topics.containsKey(table)) {
      return;
    }
    String row = change.write().row();
    long generation = epochs.get(table).at(change.commit());
    RowVersion version = new RowVersion(generation, change.commit(), change.lsn());
    String key = change.write().key();
    append(table, key, envelope(row, change.op(), change.micros() / 1000), version);
    if (row == null) {
      append(table, key, null, version);
    }
  }

  private void truncate(Truncate truncate) {
    Epoch epoch = epochs.get(truncate.table());
    if (epoch != null && truncate.commit() > epoch.truncatedAt) {
      epochs.put(truncate.table(), new Epoch(epoch.generation + 1, truncate.commit()));
    }
    if (epoch != null) {
      endGeneration(truncate.table());
    }
  }

  private static String envelope(String row, char op, long millis) {
    return "{\"before\":null,\"after\":%s,\"source\":{\"ts_ms\":%d},\"op\":\"%s\"}"
        .formatted(row, millis, op);
  }

  private void append(CdcTable table, String key, String value, RowVersion version) {
    SimulatedTopic<CdcRecord> topic = topics.get(table);
    int partition = Math.floorMod(key.hashCode(), topic.partitions());
    append(
        table,
        partition,
        bytes(key),
        value == null ? null : bytes(value),
        version,
        NO_BEAT,
        NO_END);
  }

  private void beat(CdcTable table, Beat beat) {
    int partitions = topics.get(table).partitions();
    long generation = epochs.get(table).generation;
    for (int p = 0; p < partitions; p++) {
      var copy = new Heartbeat(beat.micros(), beat.lsn(), p, partitions, generation);
      append(table, p, Heartbeat.key(p), null, null, copy, NO_END);
    }
  }

  private void endGeneration(CdcTable table) {
    int partitions = topics.get(table).partitions();
    for (int p = 0; p < partitions; p++) {
      var end = new GenerationEnd(p, partitions, epochs.get(table).generation);
      append(table, p, GenerationEnd.key(p), null, null, NO_BEAT, end);
    }
  }

  private void append(
      CdcTable table,
      int partition,
      byte[] key,
      byte[] value,
      RowVersion version,
      Heartbeat beat,
      GenerationEnd end) {
    SimulatedTopic<CdcRecord> topic = topics.get(table);
    topic.append(
        partition,
        new CdcRecord(
            table,
            partition,
            topic.end(partition),
            simulation.now(),
            key,
            value,
            version,
            beat,
            end),
        simulation.now());
  }

  /**
   * Compacts what is older than {@code before}; tombstones older than {@code tombstones} go as
   * well. Both are epoch milliseconds. Returns what that takes away.
   */
  public List<CdcRecord> compact(long before, long tombstones) {
    List<CdcRecord> taken = new ArrayList<>();
    for (SimulatedTopic<CdcRecord> topic : topics.values()) {
      for (int p = 0; p < topic.partitions(); p++) {
        int end = 0;
        HashSet<Object> expired = new HashSet<>();
        while (end < topic.end(p)) {
          CdcRecord record = topic.get(p, end);
          if (record != null && record.timestamp() >= before) {
            break;
          }
          if (record != null
              && record.version() != null
              && record.value() == null
              && record.timestamp() < tombstones) {
            expired.add(record);
          }
          end++;
        }
        taken.addAll(topic.compact(p, end, SimulatedIngest::keyOf, expired));
      }
    }
    return taken;
  }

  private static Object keyOf(CdcRecord record) {
    return new String(record.key(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
