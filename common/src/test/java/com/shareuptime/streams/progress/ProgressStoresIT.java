package com.shareuptime.streams.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.sink.BatchWriter;
import com.shareuptime.streams.sink.Servers;
import java.util.List;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** What the stores keep of the progress that they are given. */
class ProgressStoresIT {
  private static final Surface SURFACE = Surface.FEEDS_REDIS;

  private LocalStack stack;
  private Jedis redis;
  private BatchWriter<Progress> toPostgres;
  private BatchWriter<Progress> toRedis;

  @BeforeEach
  void emptyStores() throws Exception {
    stack = Servers.postgres();
    Servers.redis();
    redis = Servers.client(stack);
    redis.flushAll();
    Servers.sql(stack, "truncate streams.pipeline_progress");
    toPostgres = new OneSurfaceWriter(Servers.postgresAddress(stack));
    toRedis = ProgressSinks.redisWriter(Servers.address(stack));
    toPostgres.open(new UnregisteredMetricsGroup());
    toRedis.open(new UnregisteredMetricsGroup());
  }

  @AfterEach
  void close() {
    toPostgres.close();
    toRedis.close();
    redis.close();
  }

  @Test
  void anOlderPromiseIsIgnored() throws Exception {
    write(new Progress(SURFACE, 0x50, 2_000_000, 3));
    write(new Progress(SURFACE, 0x40, 1_000_000, 3));

    assertBothHold("0/50");
  }

  /** Else waiting for a commit of the server that has taken over would end at once. */
  @Test
  void aSourceThatWentBackTakesThePromiseDown() throws Exception {
    write(new Progress(SURFACE, 0x50, 1_000_000, 3));
    write(new Progress(SURFACE, 0x40, 2_000_000, 4));
    write(new Progress(SURFACE, 0x60, 1_500_000, 3)); // sent again by whoever was behind

    assertBothHold("0/40");
    assertThat(
            Servers.ask(
                stack, "select streams.wait_for('%s', '0/45', '0 s')".formatted(SURFACE.label())))
        .isEqualTo("f");
  }

  @Test
  void whatAnEarlierBuildHasLeftInRedisIsNoTimeButAPosition() throws Exception {
    redis.hset("progress", SURFACE.label(), "0/50");

    toRedis.write(List.of(new Progress(SURFACE, 0x40, 1_000_000, 3)));
    assertThat(redis.hget("progress", SURFACE.label())).isEqualTo("0/50");
    toRedis.write(List.of(new Progress(SURFACE, 0x51, 2_000_000, 3)));
    assertThat(redis.hget("progress", SURFACE.label())).isEqualTo("0/51");
  }

  private void write(Progress progress) throws Exception {
    toPostgres.write(List.of(progress));
    toRedis.write(List.of(progress));
  }

  private void assertBothHold(String lsn) throws Exception {
    assertThat(redis.hget("progress", SURFACE.label())).isEqualTo(lsn);
    assertThat(Servers.ask(stack, "select visible_lsn from streams.pipeline_progress"))
        .isEqualTo(lsn);
  }
}
