package com.shareuptime.streams.progress;

import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.option.RedisAddress;
import com.shareuptime.streams.sink.BatchWriter;
import com.shareuptime.streams.sink.CoalescingSink;
import com.shareuptime.streams.sink.LostWrites;
import com.shareuptime.streams.sink.SinkOptions;
import com.shareuptime.streams.sink.redis.RedisWriter;
import java.time.Duration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Publishes how far a surface is, in Postgres and in Redis. Each store has a writer of its own: the
 * outage of one holds back the other's news not at all.
 */
public final class ProgressSinks {
  /** Progress in Postgres, as metrics and dead letters call it. */
  public static final String POSTGRES = "progress.postgres";

  /** Progress in Redis, as metrics and dead letters call it. */
  public static final String REDIS = "progress.redis";

  private static final Duration INTERVAL = Duration.ofMillis(10);

  private ProgressSinks() {}

  /**
   * The progress of a surface: one stream of parallelism 1.
   *
   * @param beats the heartbeats as the cdc source reads them, with its watermark
   * @param written what comes out of the surface's sink: its watermark says what is written
   */
  public static SingleOutputStreamOperator<Progress> of(
      Surface surface, DataStream<Heartbeat> beats, DataStream<DeadLetter> written) {
    return beats
        .connect(written)
        .transform("progress of " + surface.label(), Progress.TYPE, new ProgressOperator(surface))
        .uid("progress-" + surface.label())
        .setParallelism(1)
        .setMaxParallelism(1);
  }

  /** Writes progress to {@code streams.pipeline_progress}. */
  public static SingleOutputStreamOperator<DeadLetter> toPostgres(
      String job, DataStream<Progress> progress, PostgresAddress address) {
    var writer = new OneSurfaceWriter(address);
    return write(job, progress, writer, POSTGRES);
  }

  /** Writes progress to the hash {@code progress} of Redis. */
  public static SingleOutputStreamOperator<DeadLetter> toRedis(
      String job, DataStream<Progress> progress, RedisAddress address) {
    return write(job, progress, redisWriter(address), REDIS);
  }

  /** What writes progress to the hash {@code progress} of Redis. */
  public static BatchWriter<Progress> redisWriter(RedisAddress address) {
    return new RedisWriter<>(
        address,
        new ProgressScript(),
        REDIS,
        LostWrites.healed("the next heartbeat writes progress again"));
  }

  /**
   * Writes progress by a writer of the job's own.
   *
   * @param name of the store: {@link #POSTGRES} or {@link #REDIS}
   */
  public static SingleOutputStreamOperator<DeadLetter> write(
      String job, DataStream<Progress> progress, BatchWriter<Progress> writer, String name) {
    var sink =
        new CoalescingSink<>(
            Progress::surface, Progress::beatMicros, writer, SinkOptions.of(job, name, INTERVAL));
    return sink.write(progress).uid(name).setParallelism(1).setMaxParallelism(1);
  }
}
