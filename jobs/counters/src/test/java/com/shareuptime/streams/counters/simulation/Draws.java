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
 * @param strict whether counts must be exact at once after a restart: events and rows that are read
 *     again far apart may be matched otherwise than the first time, until the grace has passed
 */
record Draws(
    boolean ingestRestarts,
    boolean snapshots,
    boolean frozen,
    boolean modeSwitches,
    boolean corrections,
    boolean strict) {
  /**
   * All that the job stands, but for what the system property {@code simulation.without} names, and
   * besides it what {@code simulation.with} names.
   */
  static Draws all() {
    List<String> without = List.of(System.getProperty("simulation.without", "").split(","));
    List<String> with = List.of(System.getProperty("simulation.with", "").split(","));
    return new Draws(
        !without.contains("ingestRestarts"),
        !without.contains("snapshots"),
        !without.contains("frozen"),
        !without.contains("modeSwitches"),
        with.contains("corrections"),
        with.contains("strict"));
  }
}
