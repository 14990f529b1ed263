package com.shareuptime.streams.proof.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.cli.server.OpenSearch;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.proof.server.ProductDatabase;
import com.shareuptime.streams.proof.site.Operator;
import com.shareuptime.streams.proof.site.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import redis.clients.jedis.Jedis;

/** Data that is gone: a slot, a store's content, an index, what a topic held. */
final class LossFaults {
  private static final String SLOT = "streams_ingest";
  private static final String IN_USE_AGAIN = "55006";
  private static final long HIGH_WATERMARK = -1;
  private static final List<String> EVENT_TOPICS =
      Stream.concat(
              CountedView.CANONICAL.stream().map(CountedView::eventsTopic),
              Stream.of("user-activity"))
          .toList();

  private LossFaults() {}

  static List<SuiteFault> all() {
    return List.of(
        SuiteFault.of("lost-slot", (site, random) -> loseSlot(site))
            .mendedBy(operator -> operator.startAnew("ingest")),
        SuiteFault.of("failover-postgres", (site, random) -> failOver(site))
            .mendedBy(operator -> operator.startAnew("ingest")),
        SuiteFault.of("flushall-redis", (site, random) -> flush(site))
            .mendedBy(LossFaults::fillRedis)
            .losingServedCounts(),
        SuiteFault.of("emptied-redis", (site, random) -> restartEmpty(site))
            .mendedBy(LossFaults::fillRedis)
            .losingServedCounts(),
        SuiteFault.of("old-redis", LossFaults::restartOld)
            .mendedBy(LossFaults::fillRedis)
            .losingServedCounts(),
        SuiteFault.of("deleted-index", (site, random) -> deleteIndex(site))
            .mendedBy(
                operator -> {
                  operator.type("migrate");
                  operator.startAnew("search");
                }),
        SuiteFault.of("cut-topics", LossFaults::cutTopics));
  }

  private static void fillRedis(Operator operator) throws IOException, InterruptedException {
    operator.startAnew("counters");
    operator.type("feed", "--rebuild-all");
  }

  private static String loseSlot(Site site) throws InterruptedException {
    try (Handle handle = ProductDatabase.at(site.addresses()).open()) {
      while (!dropSlot(handle)) {
        Thread.sleep(20); // its reader comes back at once
      }
    }
    return "dropped";
  }

  private static boolean dropSlot(Handle handle) {
    handle.execute(
        "select pg_terminate_backend(active_pid) from pg_replication_slots"
            + " where slot_name = ? and active",
        SLOT);
    try {
      return !handle
          .select(
              "select pg_drop_replication_slot(slot_name)::text from pg_replication_slots"
                  + " where slot_name = ? and not active",
              SLOT)
          .mapTo(String.class)
          .list()
          .isEmpty();
    } catch (JdbiException e) {
      if (e.getCause() instanceof SQLException cause && IN_USE_AGAIN.equals(cause.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  /**
   * A copy of the data takes over on a timeline of its own. Of a clean stop, as there is no
   * pg_basebackup here; slots are no part of a base backup, so they are left out as well.
   */
  private static String failOver(Site site) throws IOException, InterruptedException {
    site.stack().stop(Server.POSTGRES);
    Path old = site.stack().home().data(Server.POSTGRES);
    Path fresh = old.resolveSibling("postgres-fresh");
    copy(old, fresh);
    deleteTree(old);
    emptyFolder(fresh.resolve("pg_replslot"));
    Files.createFile(fresh.resolve("recovery.signal"));
    Path settings = fresh.resolve("postgresql.auto.conf");
    String archive = "restore_command = 'false'\n"; // nothing but the log that was copied
    if (!Files.readString(settings).contains(archive)) {
      Files.writeString(settings, archive, StandardOpenOption.APPEND);
    }
    Files.move(fresh, old, StandardCopyOption.ATOMIC_MOVE);
    site.stack().start(Server.POSTGRES);
    return "a copy without its slot, on a new timeline";
  }

  private static void copy(Path from, Path to) throws IOException, InterruptedException {
    Process copy = new ProcessBuilder("cp", "-a", from.toString(), to.toString()).start();
    if (copy.waitFor() != 0) {
      throw new IOException("cp of " + from + " failed");
    }
  }

  private static void emptyFolder(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        deleteTree(entry);
      }
    }
  }

  private static void deleteTree(Path top) throws IOException {
    try (Stream<Path> tree = Files.walk(top)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static String flush(Site site) {
    try (Jedis redis = site.addresses().redis()) {
      return redis.flushAll();
    }
  }

  private static String restartEmpty(Site site) throws IOException {
    site.stack().kill(Server.REDIS);
    emptyFolder(site.stack().home().data(Server.REDIS));
    site.stack().start(Server.REDIS);
    return "its files removed";
  }

  /** As from a backup, or a replica that was behind: what was written meanwhile is gone. */
  private static String restartOld(Site site, SplittableRandom random)
      throws IOException, InterruptedException {
    Path data = site.stack().home().data(Server.REDIS);
    Path old = data.resolveSibling("redis-old");
    copy(data, old);
    int seconds = random.nextInt(5, 40);
    Thread.sleep(seconds * 1_000L);
    site.stack().kill(Server.REDIS);
    deleteTree(data);
    Files.move(old, data, StandardCopyOption.ATOMIC_MOVE);
    site.stack().start(Server.REDIS);
    return "its data of %d s before".formatted(seconds);
  }

  private static String deleteIndex(Site site) {
    OpenSearch openSearch = OpenSearch.at(site.addresses().openSearchUrl());
    String index =
        openSearch
            .behind("posts")
            .orElseThrow(() -> new IllegalStateException("No index is behind the alias posts"));
    JsonNode unused = openSearch.ask("DELETE", "/" + index, "");
    return index;
  }

  /** Retention takes all events while the jobs are down, so that they find their places gone. */
  private static String cutTopics(Site site, SplittableRandom random)
      throws ExecutionException, InterruptedException {
    site.stack().kill(Server.TASKMANAGER);
    int seconds = random.nextInt(2, 6);
    Thread.sleep(seconds * 1_000L); // more events, which nobody will ever read
    try (Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, site.addresses().kafkaBootstrap()))) {
      Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
      for (TopicDescription topic :
          admin.describeTopics(EVENT_TOPICS).allTopicNames().get().values()) {
        topic
            .partitions()
            .forEach(
                partition ->
                    all.put(
                        new TopicPartition(topic.name(), partition.partition()),
                        RecordsToDelete.beforeOffset(HIGH_WATERMARK)));
      }
      admin.deleteRecords(all).all().get();
    }
    site.stack().start(Server.TASKMANAGER);
    return "all app events, the taskmanager %d s down".formatted(seconds);
  }
}
