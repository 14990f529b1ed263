package com.shareuptime.streams.simulation;

import com.shareuptime.streams.cdc.CdcTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The product's tables as a history changes them, and the log of their commits. A row is JSON, as
 * ingest writes it; its key likewise.
 */
public final class SimulatedDatabase {
  /** What a transaction does to one row. */
  public record Write(CdcTable table, String key, String row) {
    /** A row that is there afterwards. */
    public static Write put(CdcTable table, String key, String row) {
      return new Write(table, key, row);
    }

    /** A row that is gone afterwards. */
    public static Write delete(CdcTable table, String key) {
      return new Write(table, key, null);
    }
  }

  /** An entry of the log, in the order of commits. */
  sealed interface Logged permits Change, Truncate, Beat {}

  record Change(Write write, char op, long commit, long lsn, long micros) implements Logged {}

  record Truncate(CdcTable table, long commit) implements Logged {}

  record Beat(long micros, long lsn) implements Logged {}

  private static final long STEP = 100;

  private final Simulation simulation;
  private final Map<CdcTable, Map<String, String>> tables = new TreeMap<>();
  private final List<Logged> log = new ArrayList<>();
  private long lsn = 1_000_000;
  private final TreeMap<Long, Long> beats = new TreeMap<>();
  private long lastMicros;

  /** Empty tables. */
  public SimulatedDatabase(Simulation simulation) {
    this.simulation = simulation;
    for (CdcTable table : CdcTable.FIXED) {
      tables.put(table, new LinkedHashMap<>());
    }
  }

  /** The rows of a table by their keys; not to be changed. */
  public Map<String, String> rows(CdcTable table) {
    return tables.get(table);
  }

  /** Where the log ends: what a client's token is made of. */
  public long lsn() {
    return lsn;
  }

  /** When the log was there, by the last heartbeat before; epoch milliseconds. */
  public long timeOf(long position) {
    Map.Entry<Long, Long> beat = beats.floorEntry(position);
    return beat == null ? Long.MIN_VALUE : beat.getValue();
  }

  /** One transaction; what deletes a row that is not there does nothing. */
  public void commit(Write... writes) {
    lsn += STEP;
    long micros = micros();
    int place = 0;
    for (Write write : writes) {
      Map<String, String> rows = tables.get(write.table);
      boolean known = rows.containsKey(write.key);
      if (write.row == null && !known) {
        continue;
      }
      if (write.row == null) {
        rows.remove(write.key);
      } else {
        rows.put(write.key, write.row);
      }
      char op = write.row == null ? 'd' : known ? 'u' : 'c';
      log.add(new Change(write, op, lsn, rowLsn(op, place++), micros));
    }
  }

  /** An insert is logged before it waits for another transaction's unique entry. */
  private long rowLsn(char op, int place) {
    long waited = op == 'c' && simulation.oneIn(6) ? STEP * (1 + simulation.draw(3)) : 0;
    return lsn - waited - STEP / 2 + place;
  }

  /** A row that no log tells of: what a count cannot know until it is corrected. */
  public void spoil(CdcTable table, String key, String row) {
    tables.get(table).put(key, row);
  }

  /** Takes it away again, likewise. */
  public void unspoil(CdcTable table, String key) {
    tables.get(table).remove(key);
  }

  /** Empties a table. */
  public void truncate(CdcTable table) {
    lsn += STEP;
    tables.get(table).clear();
    log.add(new Truncate(table, lsn));
  }

  void beat() {
    long before = lsn;
    lsn += STEP;
    long micros = micros();
    log.add(new Beat(micros, before));
    beats.put(before, micros / 1000);
  }

  List<Logged> log() {
    return log;
  }

  /** The time of a commit: never twice the same. */
  private long micros() {
    lastMicros = Math.max(lastMicros + 1, simulation.now() * 1000);
    return lastMicros;
  }
}
