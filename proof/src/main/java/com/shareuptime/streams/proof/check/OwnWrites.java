package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.proof.traffic.Product;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.jdbi.v3.core.Handle;

/**
 * Clients that read their own writes: each commits a like without any event, takes the token, waits
 * with {@code streams.wait_for} for either surface, and must then find the like counted there.
 */
final class OwnWrites extends OwnRows {
  private static final int CLIENTS = 16;
  private static final long GIVE_UP_NANOS = TimeUnit.MINUTES.toNanos(4);

  private final int clients;
  private final LongAdder stale = new LongAdder();

  OwnWrites(Product product, int writes) {
    this(product, writes, CLIENTS);
  }

  private OwnWrites(Product product, int writes, int clients) {
    super(product, writes);
    this.clients = clients;
  }

  /** So many clients that go on until {@link #stop}. */
  static OwnWrites endless(Product product, int clients) {
    return new OwnWrites(product, Integer.MAX_VALUE / 2, clients);
  }

  List<Thread> clients() {
    return clients("own-writes", clients);
  }

  long stale() {
    return stale.sum();
  }

  @Override
  Client client(int number, PostgresSurface postgres) throws InterruptedException {
    String name = "own-" + run + "-" + number;
    Id post = postgres.await(handle -> single.post(handle, single.user(handle, name)));
    return new Liker(name, Target.post(post), postgres, new RedisSurface(product));
  }

  private final class Liker implements Client {
    private final String name;
    private final Target post;
    private final PostgresSurface postgres;
    private final RedisSurface redis;
    private int likes;

    private Liker(String name, Target post, PostgresSurface postgres, RedisSurface redis) {
      this.name = name;
      this.post = post;
      this.postgres = postgres;
      this.redis = redis;
    }

    @Override
    public void write() throws InterruptedException {
      String liker = name + "-" + ++likes;
      int unused = postgres.await(handle -> handle.inTransaction(all -> like(all, liker)));
      long committed = System.nanoTime();
      Lsn token = postgres.await(PostgresSurface::insertPosition);
      verify(redis, token, committed, redisMicros);
      verify(postgres, token, committed, postgresMicros);
    }

    /** Repeatable: whoever likes it twice likes it once. */
    private int like(Handle handle, String liker) throws SQLException {
      return single.like(handle, post, single.user(handle, liker));
    }

    private void verify(CounterSurface surface, Lsn token, long committed, Histogram waits)
        throws InterruptedException {
      while (!Retry.whileAway(() -> postgres.waitFor(surface.name(), token))) {
        if (System.nanoTime() - committed > GIVE_UP_NANOS) {
          timeouts.increment();
          return;
        }
      }
      waits.recordValue((System.nanoTime() - committed) / 1_000);
      Served served = Retry.whileAway(() -> surface.read(List.of(post))).get(post);
      if (served == null || served.toReader().of(CounterKind.LIKES) < likes) {
        stale.increment();
      }
    }

    @Override
    public void close() {
      redis.close();
    }
  }
}
