package com.shareuptime.streams.cli.explain;

import com.shareuptime.streams.cli.job.TimeSpan;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.server.SurfaceLag;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.cli.tail.Look;
import com.shareuptime.streams.cli.tail.Mentions;
import com.shareuptime.streams.cli.tail.RefusedRecords;
import com.shareuptime.streams.cli.tail.RowChanges;
import com.shareuptime.streams.cli.tail.TopicTails;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the newest records of Kafka say of a post or reel.
 *
 * @param kinds what ids are
 * @param last how far back changes and dead letters are looked for
 */
record RecentRecords(Settings settings, IdKinds kinds, Duration last) {
  private static final int SHOWN = 10;
  private static final String GRACE = "counters.grace";
  private static final String USUAL_GRACE = "30 s";

  /**
   * Looks into Kafka.
   *
   * @param rows how far the rows are that have been counted; empty if nobody told
   */
  Recent read(Target target, Optional<SurfaceLag> rows) {
    Instant now = Instant.now();
    Duration grace = TimeSpan.parse(GRACE, settings.get(GRACE).orElse(USUAL_GRACE));
    // an event waits until rows have passed it by the grace, however long that takes
    Instant passed = rows.map(progress -> Instant.parse(progress.visibleAt())).orElse(now);
    AppEvents events = new AppEvents(target, kinds, passed.minus(grace));
    RowChanges changes = new RowChanges(rowsOf(target), now.minus(last));
    RefusedRecords deadLetters = new RefusedRecords(Mentions.of(target), now.minus(last));
    List<Look> looks = new TopicTails(settings).show(List.of(changes, events, deadLetters));
    return new Recent(
        changes.count(),
        changes.newest(SHOWN),
        changes.unknownDeletes(),
        events.count(),
        events.announced(),
        new EventRows(Database.source(settings), kinds, grace)
            .confirmed(events.newest(SHOWN), target),
        deadLetters.count(),
        deadLetters.newest(SHOWN),
        looks);
  }

  private Map<String, Map<String, String>> rowsOf(Target target) {
    String id = target.id().toString();
    Map<String, Map<String, String>> rows = new HashMap<>();
    rows.put(kinds.target(target.type()).orElseThrow().view(), Map.of("id", id));
    for (CountedView counter : kinds.counters()) {
      if (counter.counts(target.type())) {
        rows.put(counter.name(), Map.of("target_type", target.type().label(), "target_id", id));
      }
    }
    return rows;
  }
}
