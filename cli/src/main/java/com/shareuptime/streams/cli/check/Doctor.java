package com.shareuptime.streams.cli.check;

import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.server.OpenSearch;
import com.shareuptime.streams.cli.server.Servers;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.topic.Topics;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.jdbi.v3.core.HandleCallback;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** Examines every server that the jobs need; one that is away does not keep it from the others. */
public final class Doctor {
  /** A transactional id that no job has. */
  private static final String NOBODY = "streams.doctor";

  private static final String ARE_MIGRATED =
      "select to_regclass('streams.counters') is not null"
          + " and to_regclass('streams.pipeline_progress') is not null";

  private final Settings settings;

  public Doctor(Settings settings) {
    this.settings = settings;
  }

  public List<CheckFinding> examine() {
    return Stream.of(source(), sink(), kafka(), redis(), search()).flatMap(List::stream).toList();
  }

  private List<CheckFinding> source() {
    return of(
        "source database",
        Database.source(settings),
        handle -> new SourceCheck(handle, settings).run());
  }

  private List<CheckFinding> sink() {
    Database database = Database.sink(settings);
    return of(
        "sink database",
        database,
        handle ->
            List.of(
                handle.select(ARE_MIGRATED).mapTo(boolean.class).one()
                    ? CheckFinding.ok("sink tables", "in schema streams of " + database.url())
                    : CheckFinding.wrong("sink tables", "are missing", "./streams migrate")));
  }

  private static List<CheckFinding> of(
      String what, Database database, HandleCallback<List<CheckFinding>, SQLException> check) {
    try {
      return database.ask(check, e -> CommandException.wrong(e.getMessage(), ""));
    } catch (CommandException e) {
      return List.of(
          e.exitCode() == CommandException.UNREACHABLE
              ? CheckFinding.unreachable(what, e.getMessage(), e.next())
              : CheckFinding.wrong(
                  what,
                  "cannot be examined: " + e.getMessage(),
                  "Let the user read pg_publication_tables, pg_replication_slots and the schema"
                      + " streams."));
    }
  }

  private List<CheckFinding> kafka() {
    try (Admin admin = Servers.kafka(settings)) {
      List<CountedView> counters = Database.sink(settings).entities().counters();
      List<Topics.Problem> wrong = new Topics(admin, counters).examine();
      List<CheckFinding> findings = new ArrayList<>();
      if (wrong.isEmpty()) {
        findings.add(
            CheckFinding.ok("topics", Topics.of(counters).size() + " topics as they must be"));
      }
      wrong.stream()
          .map(one -> CheckFinding.wrong("topic " + one.topic(), one.what(), one.remedy()))
          .forEach(findings::add);
      findings.add(transactions(admin));
      return findings;
    } catch (ExecutionException e) {
      return List.of(
          CheckFinding.unreachable(
              "kafka",
              settings.require(AddressKeys.KAFKA_BOOTSTRAP) + ": " + e.getCause().getMessage(),
              "Check that the brokers run and that kafka.bootstrap names them."));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.unreachable("Interrupted while asking Kafka.", "Run it again.", e);
    }
  }

  /**
   * Without them nobody writes a compacted topic: jobs would wait for ever, and say why in logs.
   */
  private static CheckFinding transactions(Admin admin) throws InterruptedException {
    String what = "kafka transactions";
    try {
      admin.describeTransactions(List.of(NOBODY)).description(NOBODY).get();
      return CheckFinding.ok(what, "possible");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TransactionalIdNotFoundException) {
        return CheckFinding.ok(what, "possible");
      }
      if (e.getCause() instanceof AuthorizationException) {
        return CheckFinding.wrong(
            what,
            "are not allowed: " + e.getCause().getMessage(),
            "kafka-acls.sh --bootstrap-server … --add --allow-principal User:… --operation Write"
                + " --operation Describe --transactional-id streams. --resource-pattern-type"
                + " prefixed");
      }
      return CheckFinding.wrong(
          what,
          "are not possible now: " + e.getCause().getMessage(),
          "On a single broker: transaction.state.log.replication.factor=1 and"
              + " transaction.state.log.min.isr=1; then delete the topic __transaction_state if it"
              + " is there, and start the broker again.");
    }
  }

  private List<CheckFinding> search() {
    try {
      return OpenSearch.of(settings).map(one -> new IndexCheck(one).run()).orElse(List.of());
    } catch (CommandException e) {
      return List.of(CheckFinding.unreachable("opensearch", e.getMessage(), e.next()));
    }
  }

  private List<CheckFinding> redis() {
    String url = settings.require(AddressKeys.REDIS_URL);
    try (Jedis jedis = Servers.redis(settings)) {
      String policy =
          jedis.configGet("maxmemory-policy").getOrDefault("maxmemory-policy", "unknown");
      return List.of(
          policy.equals("noeviction")
              ? CheckFinding.ok("redis eviction", policy)
              : CheckFinding.wrong(
                  "redis eviction",
                  "is " + policy + ": counters would vanish without notice",
                  "redis-cli config set maxmemory-policy noeviction -- and in redis.conf"));
    } catch (JedisException e) {
      return List.of(
          CheckFinding.unreachable(
              "redis",
              url + ": " + e.getMessage(),
              "Check that it runs and that redis.url is right."));
    }
  }
}
