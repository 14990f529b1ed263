package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Counts;

/**
 * What a surface answers for one target.
 *
 * @param version of the write, as the surface compares it
 * @param deleted the target is marked as hard-deleted, so its counts are 0 to a reader
 */
public record Served(Counts counts, long version, boolean deleted) {
  public Counts toReader() {
    return deleted ? Counts.ZERO : counts;
  }
}
