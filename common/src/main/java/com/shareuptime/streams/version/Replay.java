package com.shareuptime.streams.version;

/**
 * Watches a restarted run read again what an earlier run had read: tells an outage of the source of
 * rows, in which nothing more is to come, and a new snapshot, whose end may be far, from a replay
 * that is merely slow. Plain logic; times are epoch milliseconds.
 */
public final class Replay {
  /** Of an input that nothing has come from it is not known whether it has begun at all. */
  public static final int PATIENCES_FOR_SILENCE = 6;

  private final long start;
  private final long patience;
  private boolean eventsBegun;
  private boolean rowsBegun;
  private long last;

  /**
   * @param events whether there are events
   * @param rows whether there are rows
   * @param start when the run started
   * @param patience how long nothing of the replay may come before it counts as over
   */
  public Replay(boolean events, boolean rows, long start, long patience) {
    this.start = start;
    this.patience = patience;
    this.last = start;
    this.eventsBegun = !events;
    this.rowsBegun = !rows;
  }

  /**
   * Events have come, or time of theirs.
   *
   * @param watermark of the events: past the start they are new, and go on however rows stand
   */
  public void events(long watermark, long now) {
    eventsBegun = true;
    if (watermark < start) {
      last = now;
    }
  }

  /** Time of rows has come. */
  public void rows(long now) {
    rowsBegun = true;
    last = now;
  }

  /**
   * A row has come. Those that no earlier run has shown to readers say that the source is there,
   * and nothing of the replay: those written after the start, and those of a snapshot that is not
   * complete, which takes long and tells no time until its end.
   *
   * @param generation of the row
   * @param complete the complete generation of its table, 0 while none is known
   * @param writtenAt when Kafka got it; long ago if nothing is known of that
   */
  public void row(long generation, long complete, long writtenAt, long now) {
    rowsBegun = true;
    boolean unfinished = complete > 0 && generation > complete;
    if (!unfinished && writtenAt < start) {
      last = now;
    }
  }

  /**
   * The run itself did nothing for so long, as a process that was frozen or a task that was busy:
   * that nothing came meanwhile says nothing.
   */
  public void stoodStill(long millis) {
    last += Math.max(0, millis);
  }

  /** Whether nothing that was read before the start is still to come, as far as can be told. */
  public boolean isOver(long now) {
    long wait = eventsBegun && rowsBegun ? patience : PATIENCES_FOR_SILENCE * patience;
    return now - last >= wait;
  }
}
