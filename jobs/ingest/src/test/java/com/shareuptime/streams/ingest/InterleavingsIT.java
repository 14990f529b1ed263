package com.shareuptime.streams.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.ingest.interleaving.Interleaving;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever four sessions do to the same keys while they wait for each other, the newest version of
 * a key is its row.
 *
 * <p>{@code -Dingest.schedules=50000 -Dtests.seed=…} for more than a build's worth.
 */
class InterleavingsIT {
  /** The order of readers before versions knew of commits. */
  private static final Comparator<RowVersion> BY_ROW_LSN =
      Comparator.comparingLong(RowVersion::generation).thenComparingLong(RowVersion::lsn);

  /** Compaction keeps what was written last. */
  private static final Comparator<RowVersion> BY_OFFSET = (known, next) -> 0;

  private final long seed = Long.getLong("tests.seed", System.nanoTime());
  private final int schedules = Integer.getInteger("ingest.schedules", 2_000);
  private final List<List<String>> traces = new ArrayList<>();
  private IngestStack stack;
  private TableRows tables;

  @BeforeEach
  void onlyUsers() throws Exception {
    stack = IngestStack.shared();
    stack.reset();
    stack.sql(
        "insert into users (id, username, display_name) select i, 'u' || i, 'User ' || i from generate_series(1, %d) i"
            .formatted(Interleaving.USERS));
    tables = new TableRows(stack);
  }

  @AfterEach
  void noMoreFailures() {
    Failures.none();
  }

  @Test
  void theNewestVersionOfAKeyIsItsRow() throws Exception {
    System.out.println("tests.seed=" + seed + " ingest.schedules=" + schedules);
    try (RunningIngest job = RunningIngest.fresh(stack.options())) {
      Awaitility.await().atMost(TableRows.PATIENCE).until(() -> job.checkpoints() > 2);
      try (Interleaving sessions = new Interleaving(stack::connect, seed)) {
        for (int i = 0; i < schedules; i++) {
          if (i == schedules / 2) {
            Failures.afterWrites(200); // what comes again must have the same versions
          }
          traces.add(sessions.play(i));
        }
        System.out.printf(
            "%d schedules, %d statements waited, %d failed%n",
            schedules, sessions.waits(), sessions.errors());
        assertThat(sessions.waits()).isGreaterThan(schedules / 10);
        assertThat(sessions.errors()).isGreaterThan(schedules / 100);
      }
      assertThat(Failures.pending()).isFalse();
      for (CdcTable table : CdcTable.FIXED) {
        assertNoneIsWrong(table, Comparator.naturalOrder());
        assertNoneIsWrong(table, BY_OFFSET);
      }
      // the schedules do draw what the order of row LSNs has wrong
      Set<String> wrong = tables.wrong(CdcTable.LIKES, BY_ROW_LSN);
      System.out.println(wrong.size() + " likes are wrong by the order of row LSNs");
      assertThat(wrong).isNotEmpty();
    }
  }

  private void assertNoneIsWrong(CdcTable table, Comparator<RowVersion> order) throws Exception {
    Set<String> wrong = tables.wrong(table, order);
    assertThat(wrong)
        .as(() -> "seed %d: %s".formatted(seed, trace(wrong.iterator().next())))
        .isEmpty();
  }

  /** What the sessions did to a key. */
  private String trace(String key) {
    String values = String.join(", ", key.replaceAll("[^0-9]+", " ").strip().split(" "));
    return traces.stream()
        .map(lines -> String.join("\n", lines))
        .filter(lines -> lines.contains("(" + values) || lines.contains("'post', " + values))
        .collect(Collectors.joining("\n--\n"));
  }
}
