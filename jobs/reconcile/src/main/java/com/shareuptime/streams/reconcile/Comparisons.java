package com.shareuptime.streams.reconcile;

import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.option.OpenSearchAddress;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.option.RedisAddress;
import com.shareuptime.streams.reconcile.compare.Comparison;
import com.shareuptime.streams.reconcile.compare.Copies;
import com.shareuptime.streams.reconcile.compare.Tables;
import com.shareuptime.streams.reconcile.counter.CounterHashes;
import com.shareuptime.streams.reconcile.counter.CounterRows;
import com.shareuptime.streams.reconcile.counter.CounterTables;
import com.shareuptime.streams.reconcile.document.DocumentTables;
import com.shareuptime.streams.reconcile.document.Documents;
import com.shareuptime.streams.reconcile.feed.FeedTables;
import com.shareuptime.streams.reconcile.feed.FeedZsets;
import com.shareuptime.streams.reconcile.feed.StoredFeeds;
import com.shareuptime.streams.reconcile.plan.Scope;
import com.shareuptime.streams.reconcile.run.RunRecord;
import com.shareuptime.streams.reconcile.run.SinkDatabase;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ReadableConfig;

/** The comparison of each scope, made when its first bucket comes. Not thread-safe. */
final class Comparisons implements AutoCloseable {
  private final Comparison.Settings settings;
  private final ReadableConfig options;
  private final IdKinds kinds;
  private final SinkDatabase sink;
  private final RunRecord record;
  private final Map<Scope, Comparison<?>> made = new HashMap<>();

  Comparisons(
      Comparison.Settings settings,
      ReadableConfig options,
      IdKinds kinds,
      SinkDatabase sink,
      RunRecord record) {
    this.settings = settings;
    this.options = options;
    this.kinds = kinds;
    this.sink = sink;
    this.record = record;
  }

  Comparison<?> of(Scope scope) {
    return made.computeIfAbsent(scope, this::make);
  }

  /** Looks once at all suspects; returns how many there still are. */
  int look() throws Exception {
    int suspects = 0;
    for (Comparison<?> comparison : made.values()) {
      suspects += comparison.look();
    }
    return suspects;
  }

  private Comparison<?> make(Scope scope) {
    RedisAddress redis = RedisAddress.of(options);
    Duration settle = options.get(ReconcileOptions.FEEDS_SETTLE);
    return switch (scope.what()) {
      case COUNTERS -> {
        Duration grace = options.get(ReconcileOptions.GRACE);
        yield comparison(
            new CounterTables(scope, kinds),
            List.of(
                new CounterRows(sink, scope, kinds, grace),
                new CounterHashes(redis, scope, kinds, grace)));
      }
      case FEEDS ->
          comparison(
              FeedTables.feeds(kinds),
              List.of(
                  FeedZsets.feeds(redis, kinds, settle),
                  new StoredFeeds(
                      sink, redis, kinds, settle, options.get(ReconcileOptions.FEEDS_RETENTION))));
      case TIMELINES ->
          comparison(
              FeedTables.timelines(kinds), List.of(FeedZsets.timelines(redis, kinds, settle)));
      case DOCUMENTS ->
          comparison(
              new DocumentTables(scope, kinds),
              List.of(
                  new Documents(
                      OpenSearchAddress.of(options),
                      scope,
                      kinds,
                      options.get(ReconcileOptions.GRACE),
                      options.get(ReconcileOptions.SEARCH_LAG))));
    };
  }

  private <T> Comparison<T> comparison(Tables<T> tables, List<Copies<T>> surfaces) {
    return new Comparison<>(
        tables, surfaces, PostgresAddress.source(options), record, record, settings);
  }

  @Override
  public void close() {
    made.values().forEach(Comparison::close);
  }
}
