package com.shareuptime.streams.ingest.slot;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.cdc.connectors.base.source.meta.offset.Offset;
import org.apache.flink.cdc.connectors.postgres.source.offset.PostgresOffset;
import org.apache.flink.cdc.connectors.postgres.source.offset.PostgresOffsetFactory;

/**
 * A position in the slot as one number: every transaction whose commit ends at or below it has been
 * delivered. Debezium's row LSNs are not monotone, and its locator skips changes when it is given a
 * commit LSN and a processed LSN to search for; with this number alone it skips nothing, and at
 * worst the transaction at the border comes twice.
 */
final class SlotPosition extends PostgresOffsetFactory {
  private static final long serialVersionUID = 1L;
  private static final String LSN = "lsn";
  private static final String COMMIT_LSN = "lsn_commit";
  private static final String TIME = "ts_usec";

  @Override
  public Offset newOffset(Map<String, String> offset) {
    long lsn = Long.parseLong(offset.get(LSN));
    String commit = offset.get(COMMIT_LSN);
    return at(commit == null ? lsn : Math.max(lsn, Long.parseLong(commit)));
  }

  static Offset at(long lsn) {
    Map<String, Object> offset = new HashMap<>();
    offset.put(LSN, lsn);
    offset.put(TIME, 0L);
    return PostgresOffset.of(offset);
  }

  static long of(Offset offset) {
    return ((PostgresOffset) offset).getLsn().asLong();
  }
}
