package com.shareuptime.streams.search;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.HeartbeatWatermarks;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.search.document.CountPace;
import com.shareuptime.streams.search.document.DocumentInput;
import com.shareuptime.streams.search.document.DocumentSettings;
import com.shareuptime.streams.search.sink.SearchSinks;
import com.shareuptime.streams.simulation.SimulatedJob;
import com.shareuptime.streams.simulation.SimulatedRunNumbers;
import com.shareuptime.streams.simulation.SimulatedSource;
import com.shareuptime.streams.source.IdleWatermarks;
import com.shareuptime.streams.source.RawRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/** The search job under simulation: its own {@code build}, with bounds that are small together. */
public final class SimulatedSearch {
  /** Tables of so many partitions are read. */
  public static final int PARTITIONS = 2;

  // spread < patience < staleness < retention, as deployed
  public static final Duration RETENTION = Duration.ofMinutes(10);

  /** Longer than any wait for a row after a restart. */
  public static final Duration SILENCE = Duration.ofSeconds(7);

  private static DocumentSettings settings(SearchMode mode) {
    return new DocumentSettings(
        new CountPace(Duration.ofSeconds(1), Duration.ofSeconds(6)),
        200,
        500,
        1_000,
        RETENTION.toMillis(),
        Duration.ofMinutes(8).toMillis(),
        false,
        mode);
  }

  /** So slow that an author of three documents needs two steps. */
  private static final int AUTHOR_CHANGES_PER_SECOND = 16;

  /** So many documents of an author are told in one step. */
  public static final int AUTHOR_STEP = 2;

  private SimulatedSearch() {}

  public static SearchTargets targets() {
    return new SearchTargets(Map.of(DocumentType.POST, "posts_v1", DocumentType.REEL, "reels_v1"));
  }

  /** The tables of which rows are read. */
  public static List<CdcTable> tables(SearchMode mode) {
    return mode == SearchMode.CDC
        ? List.of(CdcTable.USERS, CdcTable.POSTS, CdcTable.REELS)
        : List.of(CdcTable.USERS, CdcTable.REELS);
  }

  public static SimulatedJob job(
      SearchMode mode, IdKinds kinds, int maxParallelism, SearchSinks sinks) {
    Map<CdcTable, Integer> topics = new TreeMap<>();
    tables(mode).forEach(table -> topics.put(table, PARTITIONS));
    return new SimulatedJob(
        maxParallelism,
        env ->
            SearchJob.build(
                new SearchSources(
                    SimulatedSource.of(
                        env, "rows", CdcRecord.TYPE, HeartbeatWatermarks.ofTables(topics)),
                    mode == SearchMode.CDC
                        ? Optional.empty()
                        : Optional.of(
                            SimulatedSource.of(
                                env,
                                "events",
                                RawRecord.TYPE,
                                WatermarkStrategy.<RawRecord>forMonotonousTimestamps()
                                    .withIdleness(Duration.ofSeconds(1)))),
                    SimulatedSource.of(
                        env, "counts", RawRecord.TYPE, new IdleWatermarks<RawRecord>()),
                    SimulatedSource.single(
                        env, "control", RawRecord.TYPE, new IdleWatermarks<RawRecord>()),
                    SimulatedSource.single(
                        env, "known", DocumentInput.TYPE, new IdleWatermarks<DocumentInput>()),
                    Optional.empty()),
                sinks,
                targets(),
                kinds,
                new SimulatedRunNumbers(),
                settings(mode),
                AUTHOR_CHANGES_PER_SECOND));
  }
}
