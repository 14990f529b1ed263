package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.proof.traffic.Change;
import com.shareuptime.streams.proof.traffic.CommitListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps book, for each surface, of what has been committed on growing targets. */
public final class GrowthLedger implements CommitListener {
  private final Map<String, Map<Target, Growth>> bySurface = new ConcurrentHashMap<>();

  private volatile boolean measuring;

  public GrowthLedger(List<String> surfaces) {
    surfaces.forEach(surface -> bySurface.put(surface, new ConcurrentHashMap<>()));
  }

  @Override
  public void committed(Target target, Change change, int rows, Lsn lsn, long nanoTime) {
    for (Map<Target, Growth> ofSurface : bySurface.values()) {
      growth(ofSurface, target).add(change, rows, lsn);
      if (measuring) {
        growth(ofSurface, target).awaitVisible(change, nanoTime);
      }
    }
  }

  Growth growth(String surface, Target target) {
    return growth(bySurface.get(surface), target);
  }

  /** From now on it is measured how long commits take to become visible. */
  void startMeasuring() {
    measuring = true;
  }

  private static Growth growth(Map<Target, Growth> ofSurface, Target target) {
    return ofSurface.computeIfAbsent(target, any -> new Growth());
  }
}
