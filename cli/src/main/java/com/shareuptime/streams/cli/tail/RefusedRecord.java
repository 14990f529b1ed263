package com.shareuptime.streams.cli.tail;

import java.util.List;

/**
 * A record that a job could not take.
 *
 * @param topic where it was; the surface, if a store refused it
 * @param partition −1 with a surface
 * @param offset −1 with a surface
 * @param failedAt ISO-8601
 */
public record RefusedRecord(
    String reason,
    String job,
    String topic,
    int partition,
    long offset,
    String failedAt,
    String detail) {
  /** Of a table of them. */
  public static final List<String> HEAD = List.of("FAILED", "REASON", "JOB", "FROM", "DETAIL");

  public List<String> row() {
    String from = partition < 0 ? topic : "%s-%d@%d".formatted(topic, partition, offset);
    return List.of(failedAt, reason, job, from, detail);
  }
}
