package com.shareuptime.streams.ingest.topic;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.ingest.mapping.EntityBranch;
import com.shareuptime.streams.model.CanonicalRow;
import com.shareuptime.streams.model.evaluation.Row;
import org.apache.kafka.connect.data.Struct;

/**
 * A change of one row of an entity.
 *
 * @param envelope the connector's, which says where and when
 * @param before the row before, null if there was none or it is not known
 * @param old the row of the table before; null to tell nothing of it
 * @param isOldWhole false if only its primary key is known
 * @param after the row after; null if it is gone
 */
record ChangedRow(
    Struct envelope,
    EntityBranch branch,
    CanonicalRow before,
    Row old,
    boolean isOldWhole,
    CanonicalRow after,
    String op,
    RowVersion version) {}
