package com.shareuptime.streams.feeds.sink;

import com.shareuptime.streams.feeds.feed.FeedWrite;
import com.shareuptime.streams.sink.Condenser;
import java.util.Arrays;
import java.util.List;

/**
 * Makes of writes to feeds that Redis cannot take one that says whose feeds and timelines lack
 * them: those are taken away when Redis is back, and readers ask for them again.
 */
public final class GiveUpFeeds implements Condenser<FeedWrite> {
  private static final long serialVersionUID = 1L;

  @Override
  public List<FeedWrite> condense(List<FeedWrite> values) {
    Ids users = new Ids();
    Ids authors = new Ids();
    long run = 0;
    long timelineRun = 0;
    for (FeedWrite write : values) {
      if (write instanceof FeedWrite.Push push) {
        users.add(push.users());
      } else if (write instanceof FeedWrite.Open open) {
        run = Math.max(run, 2 * open.run());
        users.add(open.user());
      } else if (write instanceof FeedWrite.Complete complete) {
        run = Math.max(run, 2 * complete.run());
        users.add(complete.user());
      } else if (write instanceof FeedWrite.Raise raise) {
        users.add(raise.user());
      } else if (write instanceof FeedWrite.Drop drop) {
        run = Math.max(run, 2 * drop.run());
        users.add(drop.user());
      } else if (write instanceof FeedWrite.Pull pull) {
        run = Math.max(run, 2 * pull.run());
        users.add(pull.users());
      } else if (write instanceof FeedWrite.Unpull unpull) {
        run = Math.max(run, 2 * unpull.run());
        users.add(unpull.users());
      } else if (write instanceof FeedWrite.Timeline timeline) {
        timelineRun = Math.max(timelineRun, 2 * timeline.run());
        authors.add(timeline.author());
      } else if (write instanceof FeedWrite.Lost lost) {
        users.add(lost.users());
        authors.add(lost.authors());
        run = Math.max(run, lost.usersFence());
        timelineRun = Math.max(timelineRun, lost.authorsFence());
      }
    }
    return List.of(
        new FeedWrite.Lost(users.distinct(), run, authors.distinct(), timelineRun));
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
