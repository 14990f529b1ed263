package com.shareuptime.streams.proof.bench.search;

import com.shareuptime.streams.proof.bench.report.Latencies;
import com.shareuptime.streams.proof.bench.report.VisibilityProbe;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Searches for posts until they are found as they were written, to the millisecond. */
final class DocumentProbe extends VisibilityProbe<DocumentProbe.Revision> {
  private final Index alias;

  record Revision(long post, long updatedMicros) {}

  DocumentProbe(Index alias, Latencies latencies) {
    super(Duration.ofMillis(20), Duration.ofMinutes(5), latencies);
    this.alias = alias;
  }

  @Override
  protected boolean[] isVisible(List<Revision> awaited) {
    Set<Long> ids = new LinkedHashSet<>();
    awaited.forEach(one -> ids.add(one.post));
    Map<Long, Long> found = alias.updates(ids);
    boolean[] visible = new boolean[awaited.size()];
    for (int i = 0; i < visible.length; i++) {
      Revision one = awaited.get(i);
      visible[i] = found.getOrDefault(one.post, 0L) >= one.updatedMicros / 1_000 * 1_000;
    }
    return visible;
  }
}
