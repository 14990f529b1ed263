package com.shareuptime.streams.reconcile.compare;

import com.shareuptime.streams.contract.Surface;

/** How far each surface is. */
@FunctionalInterface
public interface Progresses {
  /** All that was committed in the source up to this moment is visible on the surface. */
  Moment of(Surface surface) throws Exception;
}
