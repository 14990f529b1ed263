package com.shareuptime.streams.cli.tail;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What was looked at in a topic.
 *
 * @param since the oldest record that was wanted; ISO-8601
 * @param read records that were looked at
 * @param skipped older ones of that time, beyond the bound
 * @param unread newer ones, for which the time did not suffice
 * @param why nothing could be read; null if it could
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Look(String topic, String since, long read, long skipped, long unread, String why) {

  static Look none(String topic, Instant since, String why) {
    return new Look(topic, since.truncatedTo(ChronoUnit.MILLIS).toString(), 0, 0, 0, why);
  }

  @JsonIgnore
  public boolean isWhole() {
    return why == null && skipped == 0 && unread == 0;
  }

  /** For people. */
  public String text() {
    if (why != null) {
      return topic + ": NOT LOOKED AT, " + why;
    }
    return "%s: %,d records since %s%s%s"
        .formatted(
            topic,
            read,
            since,
            skipped == 0
                ? ""
                : ", the newest only: %,d before them were skipped".formatted(skipped),
            unread == 0 ? "" : "; %,d newer ones are UNREAD for lack of time".formatted(unread));
  }
}
