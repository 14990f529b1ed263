package com.shareuptime.streams.ingest.slot;

import com.shareuptime.streams.ingest.IngestOptions;
import com.shareuptime.streams.ingest.check.StartChecks;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.cdc.connectors.base.source.assigner.SplitAssigner;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceSplitBase;
import org.apache.flink.cdc.connectors.postgres.source.config.PostgresSourceConfig;
import org.apache.flink.cdc.connectors.postgres.source.enumerator.PostgresSourceEnumerator;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * Hands out chunks, then the stream. Before the first chunk it makes the slot, or, after a restore,
 * demands the one that the checkpoint relies on: the connector alone would make a missing slot anew
 * without a word. Runs on the coordinator's own thread, where waiting stops nobody else.
 */
final class SlotEnumerator extends PostgresSourceEnumerator {
  private final ReplicationSlot slot;
  private final IngestOptions options;
  private final boolean restored;

  SlotEnumerator(
      SplitEnumeratorContext<SourceSplitBase> context,
      PostgresSourceConfig config,
      SplitAssigner assigner,
      SlotDialect dialect,
      ReplicationSlot slot,
      IngestOptions options,
      boolean restored) {
    super(context, config, assigner, dialect, Boundedness.CONTINUOUS_UNBOUNDED);
    this.slot = slot;
    this.options = options;
    this.restored = restored;
  }

  @Override
  public void start() {
    StartChecks.database(options);
    if (restored) {
      slot.require();
    } else {
      try {
        slot.makeAnew();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new FlinkRuntimeException("interrupted while the slot was made", e);
      }
    }
    super.start();
  }
}
