package com.shareuptime.streams.proof.check;

import java.time.Duration;

/**
 * @param ownWrites commits that are waited for and read back
 * @param progressWithin how long surfaces may take to pass a commit
 * @param settleWithin how long counts may take to be right after that: more than the jobs' grace
 */
public record CheckOptions(int ownWrites, Duration progressWithin, Duration settleWithin) {
  public static final CheckOptions DEFAULT =
      new CheckOptions(1_000, Duration.ofMinutes(4), Duration.ofSeconds(90));
}
