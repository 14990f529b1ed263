package com.shareuptime.streams.ingest.topic;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.shareuptime.streams.cdc.Unlogged;
import com.shareuptime.streams.ingest.mapping.EntityBranch;
import com.shareuptime.streams.model.CanonicalColumn;
import com.shareuptime.streams.model.CanonicalColumn.Role;
import com.shareuptime.streams.model.CanonicalRow;
import com.shareuptime.streams.model.Entity;
import com.shareuptime.streams.model.evaluation.Absent;
import com.shareuptime.streams.model.evaluation.EvaluationException;
import com.shareuptime.streams.model.evaluation.Row;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes rows of an entity as JSON objects, columns in the entity's order. A column that the model
 * leaves out is written with its default, and is missing if it has none. Not for several threads.
 */
final class RowJson {
  private final List<CanonicalColumn> columns;
  private final SerializedString[] names;
  private final boolean[] isTime;
  private final boolean[] isWritten;
  private final TimestampText time = new TimestampText();

  RowJson(Entity entity) {
    this.columns = entity.columns();
    this.names =
        columns.stream()
            .map(column -> new SerializedString(column.name()))
            .toArray(SerializedString[]::new);
    this.isTime = new boolean[names.length];
    this.isWritten = new boolean[names.length];
    for (int i = 0; i < names.length; i++) {
      CanonicalColumn column = columns.get(i);
      isTime[i] = column.role() == Role.TIME;
      isWritten[i] =
          column.hasDefault()
              || entity.branches().stream()
                  .anyMatch(branch -> branch.columns().containsKey(column.name()));
    }
  }

  /** Texts of a row, the longest first, without those of its key. */
  List<String> largest(CanonicalRow row, List<String> key) {
    return IntStream.range(0, names.length)
        .filter(i -> row.value(i) instanceof String && !key.contains(columns.get(i).name()))
        .boxed()
        .sorted(Comparator.comparingInt((Integer i) -> -((String) row.value(i)).length()))
        .map(i -> columns.get(i).name())
        .toList();
  }

  /**
   * Writes a row, some of its texts as if Postgres had not sent them: readers keep what they had.
   *
   * @return whether a text is a placeholder, or may be taken for one
   */
  boolean write(CanonicalRow row, List<String> without, JsonGenerator json) throws IOException {
    boolean doubtful = false;
    json.writeStartObject();
    for (int i = 0; i < names.length; i++) {
      if (isWritten[i]) {
        json.writeFieldName(names[i]);
        doubtful |=
            !without.isEmpty() && without.contains(columns.get(i).name())
                ? write(i, Absent.VALUE, json)
                : write(i, row.value(i), json);
      }
    }
    json.writeEndObject();
    return doubtful;
  }

  /**
   * Writes what is known of a row that the entity has no more.
   *
   * @param known places of columns
   * @return as {@link #write}
   */
  boolean writeKnown(EntityBranch branch, Row row, int[] known, JsonGenerator json)
      throws IOException {
    boolean doubtful = false;
    json.writeStartObject();
    for (int i : known) {
      Object value;
      try {
        value = branch.rows().value(row, i);
      } catch (EvaluationException e) {
        continue; // not known, as the others
      }
      json.writeFieldName(names[i]);
      doubtful |= write(i, value, json);
    }
    json.writeEndObject();
    return doubtful;
  }

  private boolean write(int column, Object value, JsonGenerator json) throws IOException {
    if (value instanceof Long number) {
      if (isTime[column]) {
        time.of(number);
        json.writeRawUTF8String(time.bytes(), 0, time.length());
      } else {
        json.writeNumber(number);
      }
      return false;
    }
    return writeValue(value, json);
  }

  /** Writes a value other than a time, as {@link #write} does. */
  static boolean writeValue(Object value, JsonGenerator json) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof String text) {
      json.writeString(text);
      return Unlogged.mayBeTaken(text);
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof Absent) {
      json.writeString(Unlogged.PLACEHOLDER);
      return true;
    } else {
      json.writeString(value.toString());
    }
    return false;
  }
}
