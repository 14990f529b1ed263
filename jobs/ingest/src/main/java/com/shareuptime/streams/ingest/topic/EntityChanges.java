package com.shareuptime.streams.ingest.topic;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.cdc.Envelope;
import com.shareuptime.streams.ingest.check.Refusal;
import com.shareuptime.streams.ingest.mapping.EntityBranch;
import com.shareuptime.streams.model.CanonicalRow;
import com.shareuptime.streams.model.evaluation.EvaluationException;
import com.shareuptime.streams.model.evaluation.Row;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.flink.util.Collector;

/**
 * What changes of one table do to the rows of one entity. A change is compared as a whole: what the
 * row was in all selects over the table, and what it is. A key that was there and is not any more
 * is removed; one that stays is written once, as two records of one version could not be told
 * apart.
 */
final class EntityChanges {
  private final EntityTopic topic;
  private final EntityBranch[] branches;
  private final Side old;
  private final Side now;

  /** What a row of the table is in each branch, and under which key. */
  private static final class Side {
    private final CanonicalRow[] rows;

    /** Why a row cannot be computed; null where it can. */
    private final String[] problems;

    private final byte[][] keys;

    private Side(int branches) {
      rows = new CanonicalRow[branches];
      problems = new String[branches];
      keys = new byte[branches][];
    }

    private void clear() {
      Arrays.fill(rows, null);
      Arrays.fill(problems, null);
      Arrays.fill(keys, null);
    }

    /** The branch that has this key, or -1. */
    private int indexOf(byte[] key) {
      for (int i = 0; i < keys.length; i++) {
        if (keys[i] != null && Arrays.equals(keys[i], key)) {
          return i;
        }
      }
      return -1;
    }
  }

  /**
   * @param branches all of the entity over one table
   */
  EntityChanges(EntityTopic topic, List<EntityBranch> branches) {
    this.topic = topic;
    this.branches = branches.toArray(EntityBranch[]::new);
    this.old = new Side(this.branches.length);
    this.now = new Side(this.branches.length);
  }

  EntityTopic topic() {
    return topic;
  }

  /** Writes what a change of the table is in the entity. */
  void change(TableChange change, Collector<TopicRecord> out) throws IOException {
    old.clear();
    now.clear();
    if (change.isBeforeWhole()) {
      compute(change.before(), old);
    }
    if (change.after() != null) {
      compute(change.after(), now);
    }
    if (change.isBeforeWhole() && change.isSameRow() && isUnchanged()) {
      return;
    }
    RowVersion version = topic.version(change.isSnapshot(), change.commit(), change.lsn());
    for (int i = 0; i < branches.length; i++) {
      now.keys[i] = newKey(i, change.after());
      old.keys[i] = oldKey(i, change);
    }
    for (int i = 0; i < branches.length; i++) {
      if (old.keys[i] != null && now.indexOf(old.keys[i]) < 0) {
        topic.remove(removed(i, change, version), old.keys[i], out);
      }
    }
    for (int i = 0; i < branches.length; i++) {
      write(i, change, version, out);
    }
  }

  private ChangedRow removed(int branch, TableChange change, RowVersion version) {
    return new ChangedRow(
        change.envelope(),
        branches[branch],
        old.rows[branch],
        change.before() == null ? change.after() : change.before(), // of one primary key
        change.isBeforeWhole(),
        null,
        Envelope.DELETE,
        version);
  }

  private void compute(Row row, Side side) {
    for (int i = 0; i < branches.length; i++) {
      try {
        side.rows[i] = branches[i].rows().evaluate(row).orElse(null);
      } catch (EvaluationException e) {
        side.problems[i] = e.getMessage();
      }
    }
  }

  /**
   * Of an update that the entity does not show; a row that is not whole is written all the same.
   */
  private boolean isUnchanged() {
    for (int i = 0; i < branches.length; i++) {
      if (old.problems[i] != null
          || now.problems[i] != null
          || !Objects.equals(old.rows[i], now.rows[i])) {
        return false;
      }
    }
    return !topic.hasHoles();
  }

  /** The key under which the row was in the entity, or null if it was not or stays as it was. */
  private byte[] oldKey(int branch, TableChange change) throws IOException {
    if (change.isBeforeWhole()) {
      if (hasKept(branch, change)) {
        return now.keys[branch];
      }
      boolean held = old.rows[branch] != null || old.problems[branch] != null;
      return held ? keyOrNull(branch, change.before(), old.rows[branch]) : null;
    }
    boolean isInsert = change.isSnapshot() || change.op().equals(Envelope.CREATE);
    if (isInsert) {
      return null;
    }
    if (!branches[branch].isKnownByPrimaryKey()) {
      throw new Refusal(
          "a change of table %s has not the whole old row, and its primary key does not say which row of %s it is: alter table %s replica identity full; then './streams submit ingest --fresh' reads every table anew"
              .formatted(
                  branches[branch].table(), topic.topic(), branches[branch].table().sqlName()));
    }
    if (change.after() == null || !change.isSameRow()) {
      return keyOrNull(branch, change.before(), null);
    }
    return now.keys[branch] == null ? keyOrNull(branch, change.after(), null) : null;
  }

  /** Mostly, and then the key need not be written a second time. */
  private boolean hasKept(int branch, TableChange change) {
    return old.rows[branch] != null
        && now.rows[branch] != null
        && branches[branch]
            .key()
            .isSame(change.before(), old.rows[branch], change.after(), now.rows[branch]);
  }

  private byte[] keyOrNull(int branch, Row row, CanonicalRow known) throws IOException {
    try {
      return topic.key(branches[branch].key(), row, known);
    } catch (EvaluationException e) {
      return null; // then it was a hole before, too, and has no record
    }
  }

  private byte[] newKey(int branch, Row row) throws IOException {
    if (now.rows[branch] != null) {
      return topic.key(branches[branch].key(), row, now.rows[branch]);
    }
    return now.problems[branch] == null ? null : keyOfHole(branches[branch], row);
  }

  /** That of its record, or where there is none that of the table's row. */
  private byte[] keyOfHole(EntityBranch branch, Row row) throws IOException {
    byte[] key = null;
    try {
      key = topic.key(branch.key(), row, null);
    } catch (EvaluationException e) {
      // by the row, then
    }
    return key == null ? topic.key(branch.rowKey(), row, null) : key;
  }

  private void write(int branch, TableChange change, RowVersion version, Collector<TopicRecord> out)
      throws IOException {
    if (now.problems[branch] != null) {
      topic.tell(now.keys[branch], version, now.problems[branch]);
      return;
    }
    if (now.rows[branch] != null) {
      byte[] key = now.keys[branch];
      int before = old.indexOf(key);
      CanonicalRow was = before < 0 ? null : old.rows[before];
      if (now.rows[branch].equals(was) && !topic.isHole(key)) {
        return;
      }
      boolean isNew = before < 0 && (change.isBeforeWhole() || !change.isSameRow());
      ChangedRow put =
          new ChangedRow(
              change.envelope(),
              branches[branch],
              was,
              was == null ? null : change.before(),
              change.isBeforeWhole(),
              now.rows[branch],
              isNew ? Envelope.CREATE : change.op(),
              version);
      topic.put(put, key, out);
    }
    fillByRow(branch, change, version);
  }

  /** A hole that was told under the key of the table's row. */
  private void fillByRow(int branch, TableChange change, RowVersion version) throws IOException {
    if (topic.hasHoles()) { // mostly not
      Row row = change.before() == null ? change.after() : change.before();
      byte[] key = topic.key(branches[branch].rowKey(), row, null);
      if (key != null) {
        topic.isWhole(key, version);
      }
    }
  }
}
