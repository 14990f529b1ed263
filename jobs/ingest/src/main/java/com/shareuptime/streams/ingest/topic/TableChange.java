package com.shareuptime.streams.ingest.topic;

import com.shareuptime.streams.model.evaluation.Row;
import org.apache.kafka.connect.data.Struct;

/**
 * A change of one row of a table.
 *
 * @param envelope the connector's, which says where and when
 * @param op as envelopes have it
 * @param before the old row, or null
 * @param isBeforeWhole false if no more than its primary key is known
 * @param after the new row, or null
 * @param isSameRow whether the primary key has stayed
 * @param commit LSN of the commit; 0 of a snapshot's row
 * @param lsn of the row; 0 of a snapshot's row
 */
record TableChange(
    Struct envelope,
    String op,
    Row before,
    boolean isBeforeWhole,
    Row after,
    boolean isSameRow,
    boolean isSnapshot,
    long commit,
    long lsn) {}
