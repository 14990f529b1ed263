package com.shareuptime.streams.proof.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.proof.Servers;
import com.shareuptime.streams.proof.check.FeedPages.Entry;
import com.shareuptime.streams.proof.server.ProductDatabase;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedTruthIT {
  private Handle handle;
  private long author;
  private long reader;

  @BeforeEach
  void anAuthorAndHisReader() throws Exception {
    handle = ProductDatabase.at(Servers.addresses()).open();
    handle.execute("truncate public.users cascade");
    author = number("insert into users (username, display_name) values ('a', '') returning id");
    reader = number("insert into users (username, display_name) values ('r', '') returning id");
    handle.execute(
        "insert into follows (follower_id, followee_id) values (%d, %d)".formatted(reader, author));
  }

  @AfterEach
  void noUsers() {
    handle.execute("truncate public.users cascade");
    handle.close();
  }

  @Test
  void onlyWhatHasChangedSinceMayHaveBeenThereInBetween() {
    Entry resting = post("1 hour");
    Entry hidden = post("1 hour");
    Entry goneBefore = post("1 hour");
    delete(goneBefore);
    FeedTruth.Moment begin = FeedTruth.now(handle);

    handle.execute("update posts set is_deleted = true where id = " + hidden.postId());
    Entry cameAndWent = post("0 hours");
    delete(cameAndWent);

    assertThat(
            FeedTruth.changed(
                handle, reader, List.of(resting, hidden, goneBefore, cameAndWent), begin))
        .containsExactlyInAnyOrder(hidden.postId(), cameAndWent.postId());
  }

  @Test
  void allOfAnAuthorWhoIsFollowedAnewMayHaveBeenThereInBetween() {
    Entry post = post("1 hour");
    FeedTruth.Moment begin = FeedTruth.now(handle);
    assertThat(FeedTruth.changed(handle, reader, List.of(post), begin)).isEmpty();

    handle.execute("update follows set status = 'pending'");

    assertThat(FeedTruth.changed(handle, reader, List.of(post), begin))
        .containsExactly(post.postId());
  }

  private Entry post(String age) {
    long id =
        number(
            "insert into posts (author_id, created_at) values (%d, now() - interval '%s') returning id"
                .formatted(author, age));
    return new Entry(
        id,
        number(
            "select (extract(epoch from created_at) * 1000000)::bigint from posts where id = "
                + id));
  }

  private void delete(Entry post) {
    handle.execute("delete from posts where id = " + post.postId());
  }

  private long number(String sql) {
    return handle.select(sql).mapTo(long.class).one();
  }
}
