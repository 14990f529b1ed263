package com.shareuptime.streams.deadletter;

import com.shareuptime.streams.serialization.ValueType;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What could not be used, kept with its original bytes so that it can be read, mended and sent
 * again.
 *
 * @param value the bytes as they came; empty where the record had none
 * @param key the key as it came, or null
 * @param reason a short word of a fixed set, by which metrics count it: {@code malformed}, {@code
 *     late}, …
 * @param job the job that gave it up
 * @param topic where it came from: a topic, or the surface that refused it
 * @param partition its partition, or {@link #NOWHERE}
 * @param offset its offset, or {@link #NOWHERE}
 * @param failedAt when it was given up, in milliseconds since the epoch
 * @param detail what was wrong, for a person; holds no more than {@link #MAX_DETAIL} characters
 */
public record DeadLetter(
    byte[] value,
    byte[] key,
    String reason,
    String job,
    String topic,
    int partition,
    long offset,
    long failedAt,
    String detail) {

  /** Partition and offset of what was not read from a topic. */
  public static final int NOWHERE = -1;

  /** A detail is cut here: it becomes a header, and headers are read by people. */
  public static final int MAX_DETAIL = 500;

  /** The Flink type. */
  public static final TypeInformation<DeadLetter> TYPE =
      ValueType.of(DeadLetter.class, new DeadLetterSerializer());

  public DeadLetter {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(job, "job");
    Objects.requireNonNull(topic, "topic");
    detail = detail.length() > MAX_DETAIL ? detail.substring(0, MAX_DETAIL) : detail;
  }
}
