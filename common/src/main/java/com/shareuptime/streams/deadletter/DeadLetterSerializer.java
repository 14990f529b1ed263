package com.shareuptime.streams.deadletter;

import com.shareuptime.streams.serialization.InState;
import com.shareuptime.streams.serialization.RecordSerializer;

/** Layout in state. Not nested, as savepoints have this name. */
@InState(newest = 1)
public final class DeadLetterSerializer extends RecordSerializer<DeadLetter> {}
