package com.shareuptime.streams.drift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A record of the topic {@code counter-drift}: how often events and rows disagreed on one count in
 * one second, and how that was corrected. Its fields are the columns of {@code
 * streams.counter_drift}. Of records that differ in amount and version only, the highest version
 * counts.
 *
 * @param targetType such as {@code post}
 * @param kind which of its counters
 * @param action {@code create} or {@code delete}
 * @param reason {@code phantom}, {@code lost} or {@code corrected}
 * @param bucket the second of the events or rows, in epoch milliseconds
 * @param amount how many in all, not how many more
 * @param job which corrected it
 */
public record DriftRecord(
    String targetType,
    Id targetId,
    String kind,
    String action,
    String reason,
    long bucket,
    long amount,
    long version,
    String job) {

  /** The topic. */
  public static final String TOPIC = "counter-drift";

  /** Flink's type of these records. */
  public static final TypeInformation<DriftRecord> TYPE =
      ValueType.of(DriftRecord.class, new Serializer());

  private static final int MAX_NAME = 64;

  /** The end of the year 9999: Postgres can hold it, and any library can show it. */
  private static final long LAST_MILLIS = 253_402_300_799_999L;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  /**
   * Reads the value of a record.
   *
   * @throws IOException if it is none of this topic, or no row of the table could hold it
   */
  public static DriftRecord parse(byte[] value, IdKinds kinds) throws IOException {
    DriftRecord drift = value == null ? null : JSON.readValue(value, DriftRecord.class);
    if (drift == null) {
      throw new IOException("there is no value");
    }
    for (String name :
        List.of(drift.targetType, drift.kind, drift.action, drift.reason, drift.job)) {
      if (name.isEmpty() || name.length() > MAX_NAME || name.indexOf(0) >= 0) {
        throw new IOException(
            "a name is empty, has a NUL or more than " + MAX_NAME + " characters");
      }
    }
    requireKind(drift.targetId, kinds, drift.targetType);
    if (!drift.targetId.isPositive() || drift.amount <= 0) {
      throw new IOException("target_id and amount must be above 0");
    }
    if (drift.bucket < 0 || drift.bucket > LAST_MILLIS) {
      throw new IOException("bucket " + drift.bucket + " is not in the years 1970 to 9999");
    }
    return drift;
  }

  private static void requireKind(Id id, IdKinds kinds, String type) throws IOException {
    IdKind kind = kinds.type(type).map(kinds::of).orElse(kinds.targets());
    try {
      if (kind.fits(id) && kind.parse(id.toString()).equals(id)) {
        return;
      }
    } catch (NumberFormatException e) {
      throw new IOException("target_id is no %s: %s".formatted(kind.sql(), e.getMessage()), e);
    }
    throw new IOException("target_id '%s' is no %s".formatted(id, kind.sql()));
  }

  /** Layout between subtasks; state never keeps it. */
  public static final class Serializer extends RecordSerializer<DriftRecord> {}

  /** Key of the record, such as {@code post:42}. */
  public byte[] key() {
    return (targetType + ':' + targetId).getBytes(StandardCharsets.UTF_8);
  }

  /** Value of the record. */
  public byte[] value() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a correction cannot be written as JSON", e);
    }
  }
}
