package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.proof.traffic.TrafficStats.BadRecord;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Turns what has been done into events, as planned, and counts the faults in it. */
final class Announcements {
  private static final int LATE_FROM_MS = 1_000;

  private final EventSender sender;
  private final TrafficStats stats;
  private final PlannedIds ids;
  private final Map<Long, Long> lastSeenNanos = new ConcurrentHashMap<>();

  Announcements(EventSender sender, TrafficStats stats, PlannedIds ids) {
    this.sender = sender;
    this.stats = stats;
    this.ids = ids;
  }

  /** After the commit of a change that did change a row, or after its rollback. */
  void announce(Interaction row, Instant at) {
    Announcement how = row.announcement();
    if (!row.change().isAnnounced() || how.equals(Announcement.NONE)) {
      return;
    }
    if (how.lost()) {
      stats.add(Fault.LOST);
      return;
    }
    if (how.delayMillis() > 0) {
      stats.add(how.delayMillis() >= LATE_FROM_MS ? Fault.LATE : Fault.REORDERED);
    }
    byte[] value = EventJson.interaction(row, ids, at);
    String topic = row.change().topic();
    String key = ids.target(row.target()).key();
    sender.send(topic, key, value, how.delayMillis());
    for (int copy = 1; copy <= how.copies(); copy++) {
      stats.add(Fault.DUPLICATES);
      sender.send(topic, key, value, how.delayMillis() + copy * how.copyDelayMillis());
    }
  }

  /**
   * @param target as it stood in the row
   */
  void unlike(String eventId, Target target, long userId, Instant at) {
    sender.send(
        Change.UNLIKE.topic(),
        target.key(),
        EventJson.unlike(eventId, target, ids.user(userId), at),
        0);
  }

  void activity(Operation.Activity activity) {
    long now = System.nanoTime();
    Long before = lastSeenNanos.put(activity.userId(), now);
    if (before != null && now - before > FeedScale.ACTIVITY_WINDOW.toNanos()) {
      stats.add(TrafficCount.RETURNS);
    }
    Id user = ids.user(activity.userId());
    sender.send(
        "user-activity",
        "user:" + user,
        EventJson.activity(activity.eventId(), user, Instant.now()),
        0);
  }

  void bad(Operation.SendBadEvent bad) {
    stats.add(bad.kind().fault());
    Target target = ids.target(bad.target());
    sender.send(
        Change.LIKE.topic(),
        target.key(),
        bad.kind().value(target, bad.eventId()),
        0,
        at -> stats.add(new BadRecord(bad.kind(), at.topic(), at.partition(), at.offset())));
  }
}
