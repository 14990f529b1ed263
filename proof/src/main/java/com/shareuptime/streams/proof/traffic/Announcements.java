package com.shareuptime.streams.proof.traffic;

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
  private final Map<Long, Long> lastSeenNanos = new ConcurrentHashMap<>();

  Announcements(EventSender sender, TrafficStats stats) {
    this.sender = sender;
    this.stats = stats;
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
    byte[] value = EventJson.interaction(row, at);
    String topic = row.change().topic();
    sender.send(topic, row.target().key(), value, how.delayMillis());
    for (int copy = 1; copy <= how.copies(); copy++) {
      stats.add(Fault.DUPLICATES);
      sender.send(
          topic, row.target().key(), value, how.delayMillis() + copy * how.copyDelayMillis());
    }
  }

  void unlike(String eventId, Target target, long userId, Instant at) {
    sender.send(
        Change.UNLIKE.topic(), target.key(), EventJson.unlike(eventId, target, userId, at), 0);
  }

  void activity(Operation.Activity activity) {
    long now = System.nanoTime();
    Long before = lastSeenNanos.put(activity.userId(), now);
    if (before != null && now - before > FeedScale.ACTIVITY_WINDOW.toNanos()) {
      stats.add(TrafficCount.RETURNS);
    }
    sender.send(
        "user-activity",
        "user:" + activity.userId(),
        EventJson.activity(activity, Instant.now()),
        0);
  }

  void bad(Operation.SendBadEvent bad) {
    stats.add(bad.kind().fault());
    sender.send(
        Change.LIKE.topic(),
        bad.target().key(),
        bad.kind().value(bad.target(), bad.eventId()),
        0,
        at -> stats.add(new BadRecord(bad.kind(), at.topic(), at.partition(), at.offset())));
  }
}
