package com.shareuptime.streams.feeds.sink;

import com.shareuptime.streams.feeds.feed.FeedWrite;
import com.shareuptime.streams.sink.Condenser;
import java.util.ArrayList;
import java.util.Arrays;
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
  private static final long[] NOBODY = {};

  @Override
  public List<FeedWrite> condense(List<FeedWrite> values) {
    Ids users = new Ids();
    Ids authors = new Ids();
    long run = 0;
    long timelineRun = 0;
    SortedMap<Long, Ids> usersByFence = new TreeMap<>();
    SortedMap<Long, Ids> authorsByFence = new TreeMap<>();
    for (FeedWrite write : values) {
      if (write instanceof FeedWrite.Push push) {
        users.add(push.users());
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
        users.add(pull.users());
      } else if (write instanceof FeedWrite.Unpull unpull) {
        run = unpull.run();
        users.add(unpull.users());
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
        (fence, ids) -> lost.add(new FeedWrite.Lost(ids.distinct(), fence, NOBODY, 0)));
    authorsByFence.forEach(
        (fence, ids) -> lost.add(new FeedWrite.Lost(NOBODY, 0, ids.distinct(), fence)));
    return lost.isEmpty() ? List.of(new FeedWrite.Lost(NOBODY, 0, NOBODY, 0)) : lost;
  }

  private static void add(long[] ids, long fence, SortedMap<Long, Ids> byFence) {
    if (ids.length > 0) {
      byFence.computeIfAbsent(fence, any -> new Ids()).add(ids);
    }
  }

  /** Many ids, most of them again and again. */
  private static final class Ids {
    private long[] ids = new long[1_024];
    private int size;

    void add(long... more) {
      for (long id : more) {
        if (size == ids.length) {
          makeRoom();
        }
        ids[size++] = id;
      }
    }

    private void makeRoom() {
      long[] distinct = distinct();
      size = distinct.length;
      ids = Arrays.copyOf(distinct, Math.max(1_024, 2 * size));
    }

    long[] distinct() {
      return Arrays.stream(ids, 0, size).sorted().distinct().toArray();
    }
  }
}
