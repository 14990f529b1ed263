package com.shareuptime.streams.proof.faults;

import com.shareuptime.streams.cli.flink.Job;
import com.shareuptime.streams.local.odd.OddColumns;
import com.shareuptime.streams.proof.site.Site;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;

/** Rows and records as nobody should write them, one every few seconds. */
final class PoisonFaults {
  private static final String[] TABLES = {"posts", "comments"};

  private PoisonFaults() {}

  static List<SuiteFault> all() {
    return List.of(SuiteFault.of("poison", PoisonFaults::poison));
  }

  private static String poison(Site site, SplittableRandom random)
      throws SQLException, InterruptedException {
    long begin = System.currentTimeMillis();
    long end = begin + random.nextInt(20_000, 50_000);
    int rows = 0;
    String letters;
    OddColumns.createTypes(site.addresses());
    try (PoisonRecords records = new PoisonRecords(site, random.nextLong())) {
      String table = TABLES[random.nextInt(TABLES.length)];
      try (OddColumns columns = new OddColumns(site.addresses(), table)) {
        while (System.currentTimeMillis() < end) {
          Thread.sleep(random.nextInt(500, 3_000));
          if (random.nextBoolean()) {
            records.send();
          } else {
            update(site, columns, table, new Random(random.nextLong()));
            rows++;
          }
        }
      }
      letters = records.requireAccounted();
    } finally {
      OddColumns.dropTypes(site.addresses());
    }
    requireNoFailure(site, begin);
    return "%d rows with odd values, %s".formatted(rows, letters);
  }

  /**
   * One row at a time: who locks two waits for traffic that waits for him. By plain JDBC, as an odd
   * value may look like a parameter.
   */
  private static void update(Site site, OddColumns columns, String table, Random random)
      throws SQLException {
    try (Connection connection = site.addresses().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          columns.update(
              random, "id = (select id from %s order by random() limit 1)".formatted(table)));
    }
  }

  private static void requireNoFailure(Site site, long since) {
    List<String> failed = new ArrayList<>();
    for (Job job : site.flink().jobs()) {
      Optional<Long> at = job.hasEnded() ? Optional.empty() : site.flink().lastFailureAt(job.id());
      if (at.isPresent() && at.get() >= since) {
        failed.add(job.name() + ": " + site.flink().lastFailure(job.id()).orElse(""));
      }
    }
    if (!failed.isEmpty()) {
      throw new IllegalStateException("A record has made jobs fail: " + failed);
    }
  }
}
