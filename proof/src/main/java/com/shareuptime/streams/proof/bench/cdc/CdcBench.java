package com.shareuptime.streams.proof.bench.cdc;

import com.shareuptime.streams.cli.job.Slot;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.proof.bench.limit.BareDecoding;
import com.shareuptime.streams.proof.bench.report.CpuTime;
import com.shareuptime.streams.proof.bench.report.Measurement;
import com.shareuptime.streams.proof.bench.stack.BenchStack;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows a second from the table to its topic: from the WAL, where ingest has been away while the
 * rows came, and by a snapshot of the same rows. The clock runs from the first row in the topic to
 * the last, each of them seen there.
 */
public record CdcBench(int rows, Map<String, String> flinkSettings) {
  private static final String INGEST = "ingest";
  private static final double FLOOR = 35_000;

  public List<Measurement> measure() throws Exception {
    try (BenchStack bench = BenchStack.start(flinkSettings)) {
      LikesTable table = new LikesTable(bench.addresses());
      BareDecoding bare = new BareDecoding(bench.addresses());
      table.insertUsers();
      String state = startOnSmallTables(bench);
      bare.createSlot();
      table.insert(rows);
      double limit = bare.rowsPerSecond(rows);
      bare.dropSlot();
      Measurement stream = run(bench, "cdc stream, table to topic", Optional.of(state));
      dropSlot(bench);
      Measurement snapshot = run(bench, "cdc snapshot, table to topic", Optional.empty());
      return List.of(
          stream
              .withFloor(FLOOR)
              .with("limit: bare logical decoding rows/s", Math.round(limit))
              .with("ratio to it", stream.rate() / limit),
          snapshot.withFloor(FLOOR));
    }
  }

  private static String startOnSmallTables(BenchStack bench) {
    try (RowCounter topic = new RowCounter(bench.stack().kafkaBootstrap())) {
      bench.submit(INGEST, Map.of(), Optional.empty());
      topic.awaitHeartbeat();
    }
    return bench.jobs().stop(INGEST);
  }

  private Measurement run(BenchStack bench, String name, Optional<String> state) {
    try (RowCounter topic = new RowCounter(bench.stack().kafkaBootstrap())) {
      CpuTime cpu = new CpuTime(bench.stack());
      bench.submit(INGEST, Map.of(), state);
      double seconds = topic.secondsOf(rows);
      Measurement measured =
          Measurement.of(name, rows, "rows", seconds)
              .with("cpu seconds", cpu.seconds())
              .with("rows that came again", topic.repeats());
      bench.jobs().cancel(INGEST);
      return measured;
    }
  }

  private static void dropSlot(BenchStack bench) {
    new Slot(Database.source(bench.settings()), bench.settings().slot()).drop();
  }
}
