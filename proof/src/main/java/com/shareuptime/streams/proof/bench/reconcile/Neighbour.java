package com.shareuptime.streams.proof.bench.reconcile;

import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.bench.report.BenchOutcome;
import com.shareuptime.streams.proof.bench.report.Latencies;
import com.shareuptime.streams.proof.bench.report.Measurement;
import com.shareuptime.streams.proof.bench.stack.BenchStack;
import com.shareuptime.streams.proof.server.ProductDatabase;
import com.shareuptime.streams.sql.Migrations;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What passes do to a counters job on the same servers: it counts likes at half of what it can
 * count here at most, alone and beside passes. It has a database and a number of Redis to itself,
 * so that what is compared stays as it is.
 */
final class Neighbour {
  private static final String JOB = "counters";
  private static final String DATABASE = "beside";
  private static final int SETTLE_SECONDS = 10;

  /** More than it can count, for which it is sent as much. */
  private static final double TOO_MANY_PER_SECOND = 60_000;

  private static final int SATURATED_SECONDS = 20;

  /** Once before the passes and once after them. */
  private static final int ALONE_SECONDS = 30;

  /** One after the other: a single one may be over too soon to tell. */
  private static final int PASSES = 3;

  /** Beyond it the machine cannot keep the pace even alone, and the comparison tells nothing. */
  private static final double MOST_MILLIS_ALONE = 3_000;

  private static final double MOST_LOSS = 0.1;

  private final BenchStack bench;
  private final Addresses own;

  Neighbour(BenchStack bench) {
    Addresses shared = bench.addresses();
    this.bench = bench;
    this.own =
        new Addresses(
            shared.postgresUrl().replaceFirst("/[^/]*$", "/" + DATABASE),
            shared.postgresUser(),
            shared.postgresPassword(),
            shared.kafkaBootstrap(),
            shared.redisUrl().replaceFirst("/0$", "/1"),
            shared.flinkUrl(),
            shared.openSearchUrl());
  }

  BenchOutcome measure(String surfaces, double load) throws Exception {
    createDatabase();
    bench.submit(
        JOB,
        Map.of(
            "counters.mode",
            "events",
            AddressKeys.SINK_URL,
            own.postgresUrl(),
            AddressKeys.REDIS_URL,
            own.redisUrl()),
        Optional.empty());
    try (PacedLikes likes = new PacedLikes(own)) {
      double capacity =
          seconds(likes, TOO_MANY_PER_SECOND, SATURATED_SECONDS, new Latencies()).rate();
      double half = capacity / 2;
      seconds(likes, half, SETTLE_SECONDS, new Latencies());
      Latencies alone = new Latencies();
      PacedLikes.Counted before = seconds(likes, half, ALONE_SECONDS, alone);
      CompletableFuture<Void> passes = CompletableFuture.runAsync(() -> passes(surfaces, load));
      Latencies beside = new Latencies();
      PacedLikes.Counted meanwhile = likes.run(half, () -> !passes.isDone(), beside);
      PacedLikes.Counted after = seconds(likes, half, ALONE_SECONDS, alone);
      bench.jobs().cancel(JOB);
      passes.join();
      double aloneRate = (before.likes() + after.likes()) / (before.seconds() + after.seconds());
      Measurement counted =
          Measurement.of(
              "likes counted beside passes, load " + load,
              meanwhile.likes(),
              "events",
              meanwhile.seconds());
      return BenchOutcome.of(
              counted
                  .with("limit: as many as it counts alone, events/s", capacity)
                  .with("alone events/s", aloneRate)
                  .with("alone p50 ms", alone.p50Millis())
                  .with("beside p50 ms", beside.p50Millis())
                  .with("beside p99 ms", beside.p99Millis()))
          .with("alone p99 ms", alone.p99Millis(), MOST_MILLIS_ALONE)
          .with("loss to alone", 1 - counted.rate() / aloneRate, MOST_LOSS);
    }
  }

  private static PacedLikes.Counted seconds(
      PacedLikes likes, double perSecond, int seconds, Latencies latencies)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    return likes.run(perSecond, () -> System.nanoTime() < end, latencies);
  }

  private void passes(String surfaces, double load) {
    for (int pass = 0; pass < PASSES; pass++) {
      new Passes(bench).run(surfaces, load).requireNothingFound();
    }
  }

  private void createDatabase() {
    ProductDatabase.execute(bench.addresses(), "create database " + DATABASE);
    Migrations.sink(own.postgresUrl(), own.postgresUser(), own.postgresPassword());
  }
}
