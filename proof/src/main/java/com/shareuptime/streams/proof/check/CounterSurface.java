package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Target;
import java.util.Collection;
import java.util.Map;

/**
 * A place where counters are served, read by the contract. Every method may throw {@link
 * SurfaceAwayException}; the next call tries to reach it again. Not thread-safe.
 */
public interface CounterSurface extends AutoCloseable {
  /** As in {@code pipeline_progress}. */
  String name();

  /** All that committed at or before it must be visible here; {@link Lsn#NONE} if not said yet. */
  Lsn progress();

  /** What is there for these targets; what is absent has no entry. */
  Map<Target, Served> read(Collection<Target> targets);

  /** Everything that is there. */
  Map<Target, Served> readAll();

  @Override
  void close();
}
