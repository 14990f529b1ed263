package com.shareuptime.streams.version;

import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forces the gate of a restarted run open once its replay is over although the time of the rows
 * stands still: an outage of their source, or a new snapshot, must not freeze what is served.
 */
public final class ReplayWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayWatch.class);
  private static final long CHECK_MILLIS = 1_000;

  /** What is to be done when the gate has been forced. */
  @FunctionalInterface
  public interface Forced {
    /** Writes what waits for the gate; runs on the task's thread. */
    void write() throws Exception;
  }

  private final ProcessingTimeService time;
  private final Replay replay;
  private final Gate gate;
  private final Forced forced;
  private long due;

  private ReplayWatch(ProcessingTimeService time, Replay replay, Gate gate, Forced forced) {
    this.time = time;
    this.replay = replay;
    this.gate = gate;
    this.forced = forced;
  }

  /** Begins to look; it ends when the gate is open. */
  public static void begin(ProcessingTimeService time, Replay replay, Gate gate, Forced forced) {
    new ReplayWatch(time, replay, gate, forced).lookLater(time.getCurrentProcessingTime());
  }

  private void lookLater(long now) {
    due = now + CHECK_MILLIS;
    time.registerTimer(due, this::look);
  }

  private void look(long timestamp) throws Exception {
    if (gate.isOpen()) {
      return;
    }
    long now = time.getCurrentProcessingTime();
    replay.stoodStill(now - due);
    if (!replay.isOver(now)) {
      lookLater(now);
      return;
    }
    LOG.warn(
        "the replay is over, but the time of the rows stands still (their source is away, or reads"
            + " a snapshot): writing what is known; progress stays silent until it goes on");
    gate.force();
    forced.write();
  }
}
