package com.shareuptime.streams.proof.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.proof.Servers;
import com.shareuptime.streams.proof.check.FeedPages.Entry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedTruthIT {
  private Connection connection;
  private Statement statement;
  private long author;
  private long reader;

  @BeforeEach
  void anAuthorAndHisReader() throws Exception {
    connection = Servers.addresses().connect();
    statement = connection.createStatement();
    statement.execute("truncate public.users cascade");
    author = number("insert into users (username, display_name) values ('a', '') returning id");
    reader = number("insert into users (username, display_name) values ('r', '') returning id");
    statement.execute(
        "insert into follows (follower_id, followee_id) values (%d, %d)".formatted(reader, author));
  }

  @AfterEach
  void noUsers() throws SQLException {
    statement.execute("truncate public.users cascade");
    connection.close();
  }

  @Test
  void onlyWhatHasChangedSinceMayHaveBeenThereInBetween() throws SQLException {
    Entry resting = post("1 hour");
    Entry hidden = post("1 hour");
    Entry goneBefore = post("1 hour");
    delete(goneBefore);
    FeedTruth.Moment begin = FeedTruth.now(connection);

    statement.execute("update posts set is_deleted = true where id = " + hidden.postId());
    Entry cameAndWent = post("0 hours");
    delete(cameAndWent);

    assertThat(
            FeedTruth.changed(
                connection, reader, List.of(resting, hidden, goneBefore, cameAndWent), begin))
        .containsExactlyInAnyOrder(hidden.postId(), cameAndWent.postId());
  }

  @Test
  void allOfAnAuthorWhoIsFollowedAnewMayHaveBeenThereInBetween() throws SQLException {
    Entry post = post("1 hour");
    FeedTruth.Moment begin = FeedTruth.now(connection);
    assertThat(FeedTruth.changed(connection, reader, List.of(post), begin)).isEmpty();

    statement.execute("update follows set status = 'pending'");

    assertThat(FeedTruth.changed(connection, reader, List.of(post), begin))
        .containsExactly(post.postId());
  }

  private Entry post(String age) throws SQLException {
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

  private void delete(Entry post) throws SQLException {
    statement.execute("delete from posts where id = " + post.postId());
  }

  private long number(String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
