package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.proof.check.FeedPages.Entry;
import com.shareuptime.streams.proof.server.ProductDatabase;
import com.shareuptime.streams.proof.traffic.Product;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Transaction;

/**
 * Makes the feeds of all users anew from SQL, over and over, with a mistake in what it stores in
 * Postgres if told so. Stands in for the jobs, whose jars this module does not have.
 */
final class FeedsByHand implements AutoCloseable {
  private static final String ARCHIVE =
      "insert into streams.user_feeds (user_id, post_id, author_id, inserted_at) values (?, ?, ?,"
          + " to_timestamp(0) + ? * interval '1 microsecond') on conflict do nothing";

  private final Product product;
  private final UnaryOperator<List<Entry>> archived;
  private final Thread thread = new Thread(this::run, "feeds-by-hand");

  FeedsByHand(Product product, UnaryOperator<List<Entry>> archived) {
    this.product = product;
    this.archived = archived;
    thread.start();
  }

  private void run() {
    try (Handle handle = ProductDatabase.at(product.addresses()).open();
        Jedis redis = product.addresses().redis()) {
      while (!thread.isInterrupted()) {
        Lsn lsn = PostgresSurface.insertPosition(handle);
        PipelineByHand.awaitVisible(handle);
        var feeds = FeedTruth.read(handle, product.kinds(), FeedTruth.users(handle), 800);
        for (var feed : feeds.entrySet()) {
          List<Entry> entries = FeedTruth.entries(feed.getValue());
          push(redis, feed.getKey(), entries);
          archive(handle, feed.getKey(), archived.apply(entries));
        }
        for (String surface : FeedCheck.SURFACES) {
          PipelineByHand.pass(handle, redis, surface, lsn);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void push(Jedis redis, Id user, List<Entry> entries) {
    Map<String, Double> members = new HashMap<>();
    members.put("~", 0.0);
    entries.forEach(entry -> members.put(entry.postId().toString(), (double) entry.createdAt()));
    try (Transaction transaction = redis.multi()) {
      transaction.del("feed:{" + user + "}");
      transaction.zadd("feed:{" + user + "}", members);
      transaction.exec();
    }
  }

  private static void archive(Handle handle, Id user, List<Entry> entries) {
    PreparedBatch batch = handle.prepareBatch(ARCHIVE);
    entries.forEach(entry -> batch.add(user, entry.postId(), user, entry.createdAt()));
    int[] unused = batch.execute();
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }
}
