package com.shareuptime.streams.feeds.feed;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.testing.GoldenLayouts;
import org.junit.jupiter.api.Test;

class FeedLayoutsTest {
  private static final Posts POSTS = Posts.of(Id.of(11), 12).with(Id.of(13), 14);
  private static final Ids USERS = Ids.of(Id.of(21), Id.of(22));

  @Test
  void state() {
    GoldenLayouts.verify("filling-2", Filling.TYPE, new Filling(1, Filling.COMPLETE, 2, 3));
    GoldenLayouts.verifyRead("filling-1", Filling.TYPE, new Filling(1, Filling.COMPLETE, 2, 0));
    verify("push", new FeedWrite.Push(Id.of(1), POSTS, USERS));
    GoldenLayouts.verify(
        "feed-write-push", FeedWrite.Push.TYPE, new FeedWrite.Push(Id.of(1), POSTS, USERS));
    verify("open", new FeedWrite.Open(1, Id.of(2), 3));
    verify("complete", new FeedWrite.Complete(1, Id.of(2), 3, 4, 5));
    verify("raise", new FeedWrite.Raise(Id.of(1), 2));
    verify("drop", new FeedWrite.Drop(1, Id.of(2)));
    verify("pull", new FeedWrite.Pull(1, Id.of(2), USERS));
    verify("unpull", new FeedWrite.Unpull(1, Id.of(2), 3, USERS));
    verify("timeline", new FeedWrite.Timeline(1, Id.of(2), POSTS, 3, true));
    verify("lost", new FeedWrite.Lost(USERS, 3, Ids.of(Id.of(31)), 5));
  }

  @Test
  void messages() {
    GoldenLayouts.verifyCarried(FeedInput.TYPE, new FeedInput.Push(127, Id.of(2), POSTS, USERS));
    GoldenLayouts.verifyCarried(
        FeedInput.TYPE, new FeedInput.Answer(Id.of(1), 2, 3, true, Id.of(4), POSTS, 5, false));
    GoldenLayouts.verifyCarried(FeedInput.TYPE, new FeedInput.Drop(Id.of(1), 2));
    GoldenLayouts.verifyCarried(FeedInput.TYPE, new FeedInput.Raise(1, 2, USERS));
    GoldenLayouts.verifyCarried(FeedInput.TYPE, new FeedInput.Pull(1, Id.of(2), USERS));
    GoldenLayouts.verifyCarried(FeedInput.TYPE, new FeedInput.Unpull(1, Id.of(2), 3, USERS));
  }

  private static void verify(String name, FeedWrite write) {
    GoldenLayouts.verify("feed-write-" + name, FeedWrite.TYPE, write);
  }
}
