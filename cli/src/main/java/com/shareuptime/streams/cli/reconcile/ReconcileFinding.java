package com.shareuptime.streams.cli.reconcile;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.shareuptime.streams.contract.Surface;

/**
 * A row of a surface that differs from the tables, as {@code streams.reconcile_findings} has it.
 *
 * @param expected what the tables say
 * @param asked what its owner has been asked for before, in an earlier run, to no avail; null if
 *     nothing
 * @param repair what its owner has been asked for since; null if nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReconcileFinding(
    long id,
    String surface,
    String key,
    String kind,
    String expected,
    String found,
    long version,
    String lsn,
    String asked,
    String repair) {

  /** Of a row of which nothing could be proven. */
  static final String UNVERIFIED = "unverified";

  /** Of a row that was spoiled on purpose, so that its owner writes it again. */
  static ReconcileFinding ofCanary(String key) {
    return new ReconcileFinding(
        0, Surface.COUNTERS_POSTGRES.label(), key, "wrong", "", "", 0, "", null, null);
  }

  ReconcileFinding withRepair(String asked) {
    return new ReconcileFinding(
        id, surface, key, kind, expected, found, version, lsn, this.asked, asked);
  }

  boolean isProven() {
    return !kind.equals(UNVERIFIED);
  }
}
