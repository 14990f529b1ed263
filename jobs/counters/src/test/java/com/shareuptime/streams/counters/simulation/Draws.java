package com.shareuptime.streams.counters.simulation;

import java.util.List;

/**
 * What a history may draw besides what it always does.
 *
 * @param ingestRestarts ingest goes on from its checkpoint, and repeats
 * @param snapshots ingest begins a new snapshot
 * @param frozen runs that are frozen and go on after another has taken over
 * @param modeSwitches between rows alone and events and rows
 * @param corrections rows that no log tells of, and their corrections
 */
record Draws(
    boolean ingestRestarts,
    boolean snapshots,
    boolean frozen,
    boolean modeSwitches,
    boolean corrections) {
  /** All that the job stands, but for what the system property {@code simulation.without} names. */
  static Draws all() {
    List<String> without = List.of(System.getProperty("simulation.without", "").split(","));
    return new Draws(
        !without.contains("ingestRestarts"),
        !without.contains("snapshots"),
        !without.contains("frozen"),
        !without.contains("modeSwitches"),
        !without.contains("corrections"));
  }
}
