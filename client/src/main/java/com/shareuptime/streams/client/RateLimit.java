package com.shareuptime.streams.client;

import com.shareuptime.streams.contract.control.ControlMessage.Rebuild;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Lets a request through once in a while for each subject; others are forgotten. */
final class RateLimit {
  /** Of the latest requests; who is pushed out may ask again early, which does no harm. */
  private static final int REMEMBERED = 10_000;

  private final long nanos;
  private final LongSupplier clock;
  private final Map<Rebuild, Long> latest =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Rebuild, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  RateLimit(Duration interval, LongSupplier clock) {
    this.nanos = interval.toNanos();
    this.clock = clock;
  }

  synchronized boolean admits(Rebuild request) {
    long now = clock.getAsLong();
    Long last = latest.get(request);
    if (last != null && now - last < nanos) {
      return false;
    }
    latest.remove(request);
    latest.put(request, now);
    return true;
  }
}
