package com.shareuptime.streams.proof.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.proof.Servers;
import com.shareuptime.streams.proof.check.FeedPages.Entry;
import com.shareuptime.streams.proof.server.ProductDatabase;
import com.shareuptime.streams.proof.traffic.Product;
import com.shareuptime.streams.proof.traffic.SingleRows;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedTruthIT {
  private Product product;
  private SingleRows rows;
  private Handle handle;
  private Id author;
  private Id reader;
  private String hide;

  private void anAuthorAndHisReader(boolean uuids) throws Exception {
    product = uuids ? Servers.uuids() : Servers.product();
    hide = uuids ? "is_active = false" : "is_deleted = true";
    rows = SingleRows.of(product);
    handle = ProductDatabase.at(product.addresses()).open();
    handle.execute("truncate public.users cascade");
    author = rows.user(handle, "a");
    reader = rows.user(handle, "r");
    int unused = rows.follow(handle, reader, author);
  }

  @AfterEach
  void noUsers() {
    handle.execute("truncate public.users cascade");
    handle.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void onlyWhatHasChangedSinceMayHaveBeenThereInBetween(boolean uuids) throws Exception {
    anAuthorAndHisReader(uuids);
    Entry resting = post("1 hour");
    Entry hidden = post("1 hour");
    Entry goneBefore = post("1 hour");
    delete(goneBefore);
    FeedTruth.Moment begin = FeedTruth.now(handle);

    handle.execute("update posts set " + hide + " where id = ?", hidden.postId());
    Entry cameAndWent = post("0 hours");
    delete(cameAndWent);

    assertThat(
            FeedTruth.changed(
                handle,
                product.kinds(),
                reader,
                List.of(resting, hidden, goneBefore, cameAndWent),
                begin))
        .containsExactlyInAnyOrder(hidden.postId(), cameAndWent.postId());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void allOfAnAuthorWhoIsFollowedAnewMayHaveBeenThereInBetween(boolean uuids) throws Exception {
    anAuthorAndHisReader(uuids);
    Entry post = post("1 hour");
    FeedTruth.Moment begin = FeedTruth.now(handle);
    assertThat(FeedTruth.changed(handle, product.kinds(), reader, List.of(post), begin)).isEmpty();

    handle.execute("update follows set status = 'pending'");

    assertThat(FeedTruth.changed(handle, product.kinds(), reader, List.of(post), begin))
        .containsExactly(post.postId());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatWasChangedThereAndBackIsNotAsItWas(boolean uuids) throws Exception {
    anAuthorAndHisReader(uuids);
    Entry post = post("1 hour");
    List<FeedTruth.Seen> before = read();
    assertThat(FeedTruth.entries(before)).containsExactly(post);
    assertThat(read()).isEqualTo(before);

    handle.execute("update follows set status = 'pending'");
    assertThat(read()).isEmpty();
    handle.execute("update follows set status = 'accepted'");

    assertThat(FeedTruth.entries(read())).containsExactly(post);
    assertThat(read()).isNotEqualTo(before);
  }

  private List<FeedTruth.Seen> read() {
    return FeedTruth.read(handle, product.kinds(), List.of(reader), 10).get(reader);
  }

  private Entry post(String age) throws Exception {
    Id id = rows.post(handle, author);
    handle.execute("update posts set created_at = now() - interval '" + age + "' where id = ?", id);
    long position =
        handle
            .select(
                "select (extract(epoch from created_at) * 1000000)::bigint from posts where id = ?",
                id)
            .mapTo(long.class)
            .one();
    return new Entry(id, position);
  }

  private void delete(Entry post) {
    handle.execute("delete from posts where id = ?", post.postId());
  }
}
