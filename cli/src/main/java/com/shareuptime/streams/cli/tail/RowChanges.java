package com.shareuptime.streams.cli.tail;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.cdc.Envelope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The changes of rows that have given values in given columns. A delete may carry its key only:
 * then it is known if the row was seen before, and else counted as one of unknown content.
 */
public final class RowChanges extends RecordFilter {
  private static final String TOPIC = "cdc.";

  private static final Comparator<RowChange> NEWEST_FIRST =
      Comparator.comparing((RowChange change) -> Instant.parse(change.committedAt()))
          .thenComparing(change -> Lsn.parse(change.lsn()))
          .reversed();

  private final Map<String, Map<String, String>> wanted;

  /** A set: after a restart of ingest the same comes again. */
  private final Set<RowChange> changes = new LinkedHashSet<>();

  /** Whether a row was one that is wanted when it was last told. */
  private final Map<String, Boolean> meant = new HashMap<>();

  private long unknownDeletes;

  /**
   * @param wanted table → column → value, all of which a row must have
   */
  public RowChanges(Map<String, Map<String, String>> wanted, Instant since) {
    super(wanted.keySet().stream().map(table -> TOPIC + table).collect(Collectors.toSet()), since);
    this.wanted = wanted;
  }

  @Override
  protected void see(ConsumerRecord<byte[], byte[]> record) {
    JsonNode change = json(record);
    if (change.isObject()) { // neither a tombstone nor a heartbeat
      see(
          record.topic().substring(TOPIC.length()),
          new String(record.key(), StandardCharsets.UTF_8),
          change);
    }
  }

  private void see(String table, String key, JsonNode change) {
    boolean isDelete = change.path(Envelope.OP).asText().equals(Envelope.DELETE);
    JsonNode row = isDelete ? change.path(Envelope.BEFORE) : change.path(Envelope.AFTER);
    Map<String, String> columns = wanted.get(table);
    boolean isTold = columns.keySet().stream().allMatch(row::has);
    boolean isMeant =
        isTold
            && columns.entrySet().stream()
                .allMatch(column -> row.path(column.getKey()).asText().equals(column.getValue()));
    Boolean wasMeant = isTold ? meant.put(table + key, isMeant) : meant.get(table + key);
    if (isMeant || Boolean.TRUE.equals(wasMeant)) {
      changes.add(change(table, key, change, row));
    } else if (isDelete && !isTold && wasMeant == null) {
      unknownDeletes++;
    }
  }

  private static RowChange change(String table, String key, JsonNode change, JsonNode row) {
    JsonNode source = change.path(Envelope.SOURCE);
    return new RowChange(
        table,
        switch (change.path(Envelope.OP).asText()) {
          case Envelope.CREATE -> "created";
          case Envelope.UPDATE -> "updated";
          case Envelope.DELETE -> "deleted";
          default -> "read by a snapshot";
        },
        key,
        new Lsn(source.path(Envelope.LSN).asLong()).toString(),
        Instant.ofEpochMilli(source.path(Envelope.TIME).asLong()).toString(),
        row.path("is_deleted").asBoolean());
  }

  public int count() {
    return changes.size();
  }

  public boolean has(String table) {
    return changes.stream().anyMatch(change -> change.table().equals(table));
  }

  /** Deletes of rows of which nobody can tell what they had. */
  public long unknownDeletes() {
    return unknownDeletes;
  }

  public List<RowChange> newest(int count) {
    return changes.stream().sorted(NEWEST_FIRST).limit(count).toList();
  }
}
