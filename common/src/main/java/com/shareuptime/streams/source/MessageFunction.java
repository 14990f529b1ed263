package com.shareuptime.streams.source;

/** Reads the messages of a topic, each as it stands there. */
public abstract class MessageFunction<T> extends RecordFunction<RawRecord, T> {
  private static final long serialVersionUID = 1L;

  /**
   * @param job named in dead letters
   * @param reason of dead letters
   */
  protected MessageFunction(String job, String reason) {
    super(job, reason);
  }

  @Override
  protected final RawRecord raw(RawRecord record) {
    return record;
  }
}
