package com.shareuptime.streams.deadletter;

import com.shareuptime.streams.serialization.RecordSerializer;

/** Layout in state. Not nested, as savepoints have this name. */
public final class DeadLetterSerializer extends RecordSerializer<DeadLetter> {
  public DeadLetterSerializer() {
    super(DeadLetter.class, 1);
  }
}
