package com.shareuptime.streams.ingest.topic;

import com.shareuptime.streams.contract.cdc.Envelope;
import com.shareuptime.streams.ingest.check.Refusal;
import com.shareuptime.streams.ingest.mapping.EntityBranch;
import com.shareuptime.streams.ingest.mapping.SourceTable;
import com.shareuptime.streams.ingest.slot.SlotSource;
import com.shareuptime.streams.model.catalog.CatalogTable;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.util.Collector;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** The changes of one table of the source, in the order of the slot: each for all its entities. */
final class TableChanges {
  private static final String TRUNCATE = "t";

  private final SourceTable table;
  private final List<EntityChanges> entities;
  private final List<String> shared;
  private final StructRow before;
  private final StructRow after;

  /** The old row of a primary key that changes, until its new row comes: with the next record. */
  private Struct moved;

  /**
   * @param entities that rows of the table are rows of
   * @param branches all selects over the table
   * @param shared topics of those entities that have rows of other tables, too
   */
  TableChanges(
      SourceTable table,
      List<EntityChanges> entities,
      List<EntityBranch> branches,
      List<String> shared) {
    CatalogTable catalog = branches.get(0).rows().table();
    Set<String> needed = new HashSet<>();
    branches.forEach(branch -> needed.addAll(branch.rows().neededColumns()));
    this.table = table;
    this.entities = entities;
    this.shared = shared;
    this.before = new StructRow(catalog, needed);
    this.after = new StructRow(catalog, needed);
  }

  /**
   * Turns one change into records.
   *
   * @return the LSN of its commit; 0 for a row of the snapshot
   */
  long change(SourceRecord record, Collector<TopicRecord> out) throws IOException {
    Struct change = (Struct) record.value();
    String op = change.getString("op");
    boolean isSnapshot = op.equals(Envelope.READ);
    long lsn = isSnapshot ? 0 : change.getStruct("source").getInt64("lsn");
    long commit = isSnapshot ? 0 : SlotSource.commit(change);
    if (op.equals(TRUNCATE)) {
      truncate(lsn, out);
      return commit;
    }
    Struct oldRow = change.getStruct("before");
    Struct newRow = change.getStruct("after");
    boolean isSameRow = true;
    if (SlotSource.isFirstHalf(record)) {
      moved = oldRow;
      return commit;
    } else if (SlotSource.isSecondHalf(record)) {
      if (moved == null) {
        throw new IllegalStateException("a new primary key came without the old one");
      }
      oldRow = moved;
      isSameRow = false;
      moved = null;
    }
    TableChange row =
        new TableChange(
            change,
            isSameRow ? op : Envelope.UPDATE,
            oldRow == null ? null : before.of(oldRow),
            SlotSource.hasWholeOldRow(change),
            newRow == null ? null : after.of(newRow),
            isSameRow,
            isSnapshot,
            commit,
            lsn);
    for (EntityChanges entity : entities) {
      entity.topic().count(op);
      entity.change(row, out);
    }
    return commit;
  }

  /** Of an entity that has rows of other tables it is not known here which of its keys are gone. */
  private void truncate(long lsn, Collector<TopicRecord> out) {
    if (!shared.isEmpty()) {
      throw new Refusal(
          "table %s was truncated, and %s has rows of other tables, too, which a new generation would take away: './streams submit ingest --fresh' reads every table anew"
              .formatted(table, String.join(", ", shared)));
    }
    for (EntityChanges entity : entities) {
      entity.topic().count(TRUNCATE);
      entity.topic().truncated(lsn, out);
    }
  }
}
