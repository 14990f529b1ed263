package com.shareuptime.streams.cli;

import com.shareuptime.streams.cli.flink.FlinkClient;
import com.shareuptime.streams.cli.flink.Job;
import com.shareuptime.streams.cli.job.Await;
import com.shareuptime.streams.cli.job.Jobs;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.server.OpenSearch;
import com.shareuptime.streams.cli.server.Servers;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.Installation;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import redis.clients.jedis.Jedis;

/**
 * All servers of this JVM, without jobs and with empty read models, whatever other tests have left
 * and in whatever order they come. What stays is in the product's tables and in the topics: so each
 * test has ids of its own, which no other uses.
 */
public final class FreshStack {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final LocalStack stack = LocalStack.shared(Server.STANDARD);
  private final Settings settings = new Settings(stack.addresses());
  private final Jobs jobs =
      new Jobs(
          new FlinkClient(stack.flinkUrl()), Installation.find(), stack.home().streams(), true);

  /** Starts what is not running, and forgets what there was. */
  public FreshStack() throws SQLException {
    endJobs();
    prepare();
    forget();
    prepare();
  }

  /** Schema, topics and indexes. */
  private void prepare() {
    Migration migration = new Migration(settings, true);
    migration.baseSchema();
    migration.apply();
  }

  public LocalStack stack() {
    return stack;
  }

  public Settings settings() {
    return settings;
  }

  public Jobs jobs() {
    return jobs;
  }

  public void submit(List<String> names) {
    submit(names, Map.of());
  }

  /**
   * The same with other options.
   *
   * @param options what wins over those of the files
   */
  public void submit(List<String> names, Map<String, String> options) {
    for (String name : names) {
      Settings own =
          Settings.ofJob(Installation.find().flinkConf(), name)
              .overriddenBy(settings)
              .overriddenBy(new Settings(options));
      jobs.submit(name, own, Optional.empty(), OptionalInt.empty());
    }
  }

  /** Leaves nothing that would write or be found. */
  public void leave() throws SQLException {
    endJobs();
    forget();
  }

  /** Whoever still runs may write after all was removed. */
  private void endJobs() {
    for (Job job : running()) {
      jobs.flink().cancel(job.id());
    }
    Await.answer(
        PATIENCE,
        () -> Optional.of(running()).filter(List::isEmpty),
        () ->
            CommandException.wrong("These do not end: " + running(), "See the job manager's log."));
  }

  private List<Job> running() {
    return jobs.flink().jobs().stream().filter(job -> !job.hasEnded()).toList();
  }

  private void forget() throws SQLException {
    try (Connection connection = Database.sink(settings).connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "truncate streams.counters, streams.pipeline_progress, streams.search_indexes,"
              + " streams.user_feeds, streams.reconcile_runs, streams.reconcile_results,"
              + " streams.reconcile_buckets, streams.reconcile_findings, streams.reconcile_scopes,"
              + " streams.reconcile_canaries");
    }
    OpenSearch.of(settings).orElseThrow().ask("DELETE", "/posts_*,reels_*", "");
    try (Jedis redis = Servers.redis(settings)) {
      redis.flushAll();
    }
  }
}
