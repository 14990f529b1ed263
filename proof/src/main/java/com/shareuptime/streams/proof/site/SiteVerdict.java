package com.shareuptime.streams.proof.site;

import com.shareuptime.streams.proof.check.CheckReport.SurfaceResult;
import com.shareuptime.streams.proof.thread.Until;
import java.time.Duration;
import java.util.List;

/**
 * Whether every surface is right.
 *
 * @param begunNanos {@link System#nanoTime()} when the comparison began that is told of here
 */
public record SiteVerdict(List<SurfaceResult> surfaces, long begunNanos) {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** Compares until nothing differs, or for so long; while the traffic rests. */
  public static SiteVerdict await(Site site, Duration patience) throws InterruptedException {
    return Until.enough(
        patience,
        LOOK_EVERY,
        () -> {
          long begun = System.nanoTime();
          return new SiteVerdict(site.audit().compare(site.simulator().deleted()), begun);
        },
        SiteVerdict::isRight);
  }

  public boolean isRight() {
    return surfaces.stream().allMatch(SurfaceResult::isRight);
  }
}
