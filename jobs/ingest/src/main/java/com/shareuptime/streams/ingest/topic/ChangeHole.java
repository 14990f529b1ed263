package com.shareuptime.streams.ingest.topic;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.RowVersion;
import java.util.List;

/**
 * A change that is not whole in its topic.
 *
 * @param key of the row, as in the topic
 * @param columns that its record lacks; null if it has no record
 * @param reason in a sentence
 */
record ChangeHole(
    CdcTable table, String key, RowVersion version, List<String> columns, String reason) {}
