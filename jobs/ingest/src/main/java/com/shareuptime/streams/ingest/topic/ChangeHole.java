package com.shareuptime.streams.ingest.topic;

import com.shareuptime.streams.cdc.RowVersion;
import java.util.List;

/**
 * A change that is not whole in its topic.
 *
 * @param entity whose row it is
 * @param key of the row, as in the topic
 * @param columns that its record lacks; null if it has no record
 * @param reason in a sentence
 */
record ChangeHole(
    String entity, String key, RowVersion version, List<String> columns, String reason) {}
