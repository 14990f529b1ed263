package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.proof.server.ProductDatabase;
import com.shareuptime.streams.proof.traffic.Product;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import redis.clients.jedis.Jedis;

/**
 * Fills the sinks from SQL over and over, as slow and right as it gets, or with a mistake. Stands
 * in for the jobs, whose jars this module does not have.
 */
final class PipelineByHand implements AutoCloseable {
  private static final String UPSERT =
      "insert into streams.counters (target_type, target_id, likes_count, comments_count,"
          + " shares_count, version) values (?, ?, ?, ?, ?, ?) on conflict (target_type, target_id)"
          + " do update set likes_count = excluded.likes_count, comments_count ="
          + " excluded.comments_count, shares_count = excluded.shares_count, version ="
          + " excluded.version";
  private static final String PROGRESS =
      "insert into streams.pipeline_progress (surface, visible_lsn, visible_at)"
          + " values (?, ?::pg_lsn, now()) on conflict (surface) do update set visible_lsn ="
          + " excluded.visible_lsn, visible_at = excluded.visible_at";

  private final Product product;
  private final UnaryOperator<Counts> mistake;
  private final Thread thread = new Thread(this::run, "pipeline-by-hand");
  private long version = System.currentTimeMillis();

  PipelineByHand(Product product, UnaryOperator<Counts> mistake) {
    this.product = product;
    this.mistake = mistake;
    thread.start();
  }

  private void run() {
    try (Handle handle = ProductDatabase.at(product.addresses()).open();
        Jedis redis = product.addresses().redis()) {
      while (!thread.isInterrupted()) {
        Lsn lsn = PostgresSurface.insertPosition(handle);
        awaitVisible(handle);
        Truth truth = Truth.read(handle, product.kinds());
        version++;
        toPostgres(handle, truth.existing());
        toRedis(redis, truth.existing());
        for (String surface : new String[] {PostgresSurface.NAME, RedisSurface.NAME}) {
          pass(handle, redis, surface, lsn);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static void pass(Handle handle, Jedis redis, String surface, Lsn lsn) {
    handle.execute(PROGRESS, surface, lsn.toString());
    redis.hset("progress", surface, lsn.toString());
  }

  /**
   * A commit is in the WAL a moment before a snapshot sees it: what ran when the position was read
   * must have ended.
   */
  static void awaitVisible(Handle handle) {
    long next = number(handle, "pg_snapshot_xmax(pg_current_snapshot())");
    while (number(handle, "pg_snapshot_xmin(pg_current_snapshot())") < next) {
      Thread.onSpinWait();
    }
  }

  private static long number(Handle handle, String expression) {
    return handle.select("select " + expression + "::text::bigint").mapTo(long.class).one();
  }

  private void toPostgres(Handle handle, Map<Target, Counts> counts) {
    PreparedBatch batch = handle.prepareBatch(UPSERT);
    counts.forEach(
        (target, right) -> {
          Counts served = mistake.apply(right);
          batch.add(
              target.type().label(),
              target.id(),
              served.of(CounterKind.LIKES),
              served.of(CounterKind.COMMENTS),
              served.of(CounterKind.SHARES),
              version);
        });
    int[] unused = batch.execute();
  }

  private void toRedis(Jedis redis, Map<Target, Counts> counts) {
    try (var pipeline = redis.pipelined()) {
      counts.forEach(
          (target, right) -> {
            Counts served = mistake.apply(right);
            pipeline.hset(
                "counters:{" + target.key() + "}",
                Map.of(
                    "likes", Long.toString(served.of(CounterKind.LIKES)),
                    "comments", Long.toString(served.of(CounterKind.COMMENTS)),
                    "shares", Long.toString(served.of(CounterKind.SHARES)),
                    "v", "%019d".formatted(version)));
          });
    }
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }
}
