package com.shareuptime.streams.feeds.sink;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.feeds.feed.FeedWrite;
import com.shareuptime.streams.sink.Condenser;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes of writes to feeds that Redis cannot take a few that say whose feeds and timelines lack
 * them: those are taken away when Redis is back, and readers ask for them again. What a checkpoint
 * brought from other subtasks stays apart, as each has a run of its own.
 */
public final class GiveUpFeeds implements Condenser<FeedWrite> {
  private static final long serialVersionUID = 1L;

  @Override
  public List<FeedWrite> condense(List<FeedWrite> values) {
    Distinct users = new Distinct();
    Distinct authors = new Distinct();
    long run = 0;
    long timelineRun = 0;
    SortedMap<Long, Distinct> usersByFence = new TreeMap<>();
    SortedMap<Long, Distinct> authorsByFence = new TreeMap<>();
    for (FeedWrite write : values) {
      if (write instanceof FeedWrite.Push push) {
        users.addAll(push.users());
      } else if (write instanceof FeedWrite.Open open) {
        run = open.run();
        users.add(open.user());
      } else if (write instanceof FeedWrite.Complete complete) {
        run = complete.run();
        users.add(complete.user());
      } else if (write instanceof FeedWrite.Raise raise) {
        users.add(raise.user());
      } else if (write instanceof FeedWrite.Drop drop) {
        run = drop.run();
        users.add(drop.user());
      } else if (write instanceof FeedWrite.Pull pull) {
        run = pull.run();
        users.addAll(pull.users());
      } else if (write instanceof FeedWrite.Unpull unpull) {
        run = unpull.run();
        users.addAll(unpull.users());
      } else if (write instanceof FeedWrite.Timeline timeline) {
        timelineRun = timeline.run();
        authors.add(timeline.author());
      } else if (write instanceof FeedWrite.Lost lost) {
        add(lost.users(), lost.usersFence(), usersByFence);
        add(lost.authors(), lost.authorsFence(), authorsByFence);
      }
    }
    add(users.distinct(), 2 * run, usersByFence);
    add(authors.distinct(), 2 * timelineRun, authorsByFence);
    List<FeedWrite> lost = new ArrayList<>();
    usersByFence.forEach(
        (fence, ids) -> lost.add(new FeedWrite.Lost(ids.distinct(), fence, Ids.NONE, 0)));
    authorsByFence.forEach(
        (fence, ids) -> lost.add(new FeedWrite.Lost(Ids.NONE, 0, ids.distinct(), fence)));
    return lost.isEmpty() ? List.of(new FeedWrite.Lost(Ids.NONE, 0, Ids.NONE, 0)) : lost;
  }

  private static void add(Ids ids, long fence, SortedMap<Long, Distinct> byFence) {
    if (!ids.isEmpty()) {
      byFence.computeIfAbsent(fence, any -> new Distinct()).addAll(ids);
    }
  }

  /** Many ids, most of them again and again. */
  private static final class Distinct {
    private static final int ROOM = 1_024;

    private final Ids.Builder ids = new Ids.Builder();
    private int room = ROOM;

    void add(Id id) {
      ids.add(id);
      keepRoom();
    }

    void addAll(Ids more) {
      ids.addAll(more);
      keepRoom();
    }

    private void keepRoom() {
      if (ids.size() >= room) {
        Ids distinct = distinct();
        ids.clear();
        ids.addAll(distinct);
        room = Math.max(ROOM, 2 * distinct.size());
      }
    }

    Ids distinct() {
      return ids.build().sorted();
    }
  }
}
