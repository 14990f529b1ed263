package com.shareuptime.streams.proof.console;

import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.proof.check.CounterSurface;
import com.shareuptime.streams.proof.check.DeadLetters;
import com.shareuptime.streams.proof.check.PostgresSurface;
import com.shareuptime.streams.proof.check.RedisSurface;
import com.shareuptime.streams.proof.check.Served;
import com.shareuptime.streams.proof.check.SurfaceAwayException;
import com.shareuptime.streams.proof.console.LiveStatus.Rates;
import com.shareuptime.streams.proof.console.LiveStatus.Row;
import com.shareuptime.streams.proof.console.LiveStatus.SurfaceLag;
import com.shareuptime.streams.proof.traffic.Product;
import com.shareuptime.streams.proof.traffic.TrafficCount;
import com.shareuptime.streams.proof.traffic.TrafficStats;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;

/** Looks at the servers, again and again, for whoever shows it. Not thread-safe. */
public final class StatusCollector implements AutoCloseable {
  private final TrafficStats stats;
  private final Map<String, String> urls;
  private final PostgresSurface postgres;
  private final RedisSurface redis;
  private final DeadLetters deadLetters;
  private final TopTargets topTargets;
  private final Map<String, Long> reasons = new TreeMap<>();
  private List<SurfaceLag> lags = List.of();
  private Map<Target, Counts> truth = Map.of();
  private Map<Target, Served> inPostgres = Map.of();
  private Map<Target, Served> inRedis = Map.of();
  private long lastNanos = System.nanoTime();
  private long lastEvents;
  private long lastRows;

  public StatusCollector(Product product, TrafficStats stats, Map<String, String> urls) {
    this.stats = stats;
    this.urls = urls;
    this.postgres = new PostgresSurface(product);
    this.redis = new RedisSurface(product);
    this.topTargets = new TopTargets(product.kinds());
    this.deadLetters = new DeadLetters(product.addresses().kafkaBootstrap());
  }

  public LiveStatus look() {
    List<String> away = new ArrayList<>();
    ask("postgres", away, this::askPostgres);
    ask("redis", away, () -> inRedis = redis.read(truth.keySet()));
    ask("kafka", away, this::askKafka);
    List<Row> top = new ArrayList<>();
    truth.forEach(
        (target, counts) ->
            top.add(
                new Row(
                    target.key(), counts, served(inPostgres, target), served(inRedis, target))));
    return new LiveStatus(
        Instant.now(), rates(), lags, top, Map.copyOf(reasons), List.copyOf(away), urls);
  }

  private void askPostgres() {
    lags = postgres.ask(Lags::read);
    truth = postgres.ask(topTargets::read);
    inPostgres = postgres.read(truth.keySet());
  }

  private void askKafka() {
    deadLetters
        .poll(Duration.ofMillis(100))
        .forEach(letter -> reasons.merge(letter.reason(), 1L, Long::sum));
  }

  private static void ask(String server, List<String> away, Runnable question) {
    try {
      question.run();
    } catch (SurfaceAwayException | KafkaException e) {
      away.add(server);
    }
  }

  private Rates rates() {
    long now = System.nanoTime();
    long events = stats.count(TrafficCount.EVENTS);
    long rows = stats.count(TrafficCount.ROWS);
    double seconds = Math.max(0.001, (now - lastNanos) / 1e9);
    Rates rates =
        new Rates(
            (events - lastEvents) / seconds,
            (rows - lastRows) / seconds,
            events,
            rows,
            stats.count(TrafficCount.RETRIED_TRANSACTIONS)
                + stats.count(TrafficCount.RESENT_EVENTS));
    lastNanos = now;
    lastEvents = events;
    lastRows = rows;
    return rates;
  }

  private static Counts served(Map<Target, Served> answers, Target target) {
    Served served = answers.get(target);
    return served == null ? null : served.toReader();
  }

  @Override
  public void close() {
    for (CounterSurface surface : List.of(postgres, redis)) {
      surface.close();
    }
    deadLetters.close();
  }
}
