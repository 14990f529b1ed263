package com.shareuptime.streams.feeds.fanout;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.feeds.feed.Posts;
import com.shareuptime.streams.feeds.row.PostRow;
import com.shareuptime.streams.testing.GoldenLayouts;
import org.junit.jupiter.api.Test;

class AuthorLayoutsTest {
  @Test
  void state() {
    GoldenLayouts.verify(
        "post-row",
        PostRow.TYPE,
        new PostRow(Id.of(1), new RowVersion(1 << 20, 9, 8), Id.of(2), 3, true, 4));
    GoldenLayouts.verify(
        "author",
        Author.TYPE,
        new Author(
            Author.Reach.PULLED, 700, 5, 6, Posts.of(Id.of(11), 12).with(Id.of(13), 14), 7, true));
  }

  @Test
  void messages() {
    GoldenLayouts.verifyCarried(
        AuthorInput.TYPE, new AuthorInput.Join(Id.of(1), Id.of(2), 3, 4, true, 5));
    GoldenLayouts.verifyCarried(
        AuthorInput.TYPE, new AuthorInput.Join(Id.of(1), Id.of(2), 3, 4, false, 5));
    GoldenLayouts.verifyCarried(AuthorInput.TYPE, new AuthorInput.Leave(Id.of(1), Id.of(2), 3));
    GoldenLayouts.verifyCarried(AuthorInput.TYPE, new AuthorInput.Drop(Id.of(1), 2));
    GoldenLayouts.verifyCarried(AuthorInput.TYPE, new AuthorInput.Shown(Id.of(1), Id.of(2), 3, 4));
    GoldenLayouts.verifyCarried(AuthorInput.TYPE, new AuthorInput.Hidden(Id.of(1), Id.of(2)));
    GoldenLayouts.verifyCarried(AuthorInput.TYPE, new AuthorInput.Rewrite(Id.of(1)));
  }
}
