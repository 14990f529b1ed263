package com.shareuptime.streams.ingest.slot;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.relational.history.TableChanges.TableChange;
import io.debezium.relational.history.TableChanges.TableChangeType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.cdc.connectors.base.source.assigner.AssignerStatus;
import org.apache.flink.cdc.connectors.base.source.assigner.state.ChunkSplitterState;
import org.apache.flink.cdc.connectors.base.source.assigner.state.HybridPendingSplitsState;
import org.apache.flink.cdc.connectors.base.source.assigner.state.SnapshotPendingSplitsState;
import org.apache.flink.cdc.connectors.base.source.meta.split.SchemalessSnapshotSplit;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceSplitBase;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

class SnapshotThenStreamTest {
  private static final TableId POSTS = TableId.parse("public.posts", false);
  private static final TableChange TABLE =
      new TableChange(TableChangeType.CREATE, Table.editor().tableId(POSTS).create());

  private SnapshotThenStream splits = of("a", "b");

  /** Over tables that are cut already: neither the database nor its configuration is asked. */
  private static SnapshotThenStream of(String... chunks) {
    return restored(
        new HybridPendingSplitsState(
            new SnapshotPendingSplitsState(
                List.of(POSTS),
                List.of(chunks).stream().map(SnapshotThenStreamTest::chunk).toList(),
                Map.of(),
                Map.of(POSTS, TABLE),
                Map.of(),
                AssignerStatus.INITIAL_ASSIGNING,
                List.of(),
                true,
                true,
                Map.of(),
                ChunkSplitterState.NO_SPLITTING_TABLE_STATE),
            false));
  }

  private static SnapshotThenStream restored(HybridPendingSplitsState state) {
    return new SnapshotThenStream(null, null, state);
  }

  private static SchemalessSnapshotSplit chunk(String id) {
    RowType key = RowType.of(new BigIntType());
    return new SchemalessSnapshotSplit(POSTS, id, key, null, null, null);
  }

  private SourceSplitBase take(String id) {
    SourceSplitBase next = splits.getNext().orElseThrow();
    assertThat(next.splitId()).isEqualTo(id);
    return next;
  }

  private void read(String id, long position) {
    splits.onFinishedSplits(Map.of(id, SlotPosition.at(position)));
  }

  private void assertNothingToDo() {
    assertThat(splits.getNext()).isEmpty();
  }

  @Test
  void theStreamStartsAtTheOldestPositionOnceAllChunksAreRead() {
    take("a");
    take("b");
    read("b", 20);
    assertNothingToDo();
    read("a", 30);

    SourceSplitBase stream = take("stream-split");

    assertThat(SlotPosition.of(stream.asStreamSplit().getStartingOffset())).isEqualTo(20);
    assertThat(splits.noMoreSplits()).isTrue();
    assertNothingToDo();
  }

  @Test
  void aChunkGivenBackAfterTheSnapshotWasCompleteIsReadBeforeTheStream() {
    take("a");
    SourceSplitBase given = take("b");
    read("a", 10);
    read("b", 10);
    SourceSplitBase stream = take("stream-split");

    splits.addSplits(List.of(given, stream));
    take("b");
    assertNothingToDo();
    read("b", 40);

    take("stream-split");
  }

  @Test
  void aCheckpointWithAnUnreadChunkWaitsForItsReader() {
    take("a");
    SourceSplitBase given = take("b");
    read("a", 10);
    read("b", 10);
    splits.addSplits(List.of(given));
    take("b");

    splits = restored(splits.snapshotState(1));

    assertNothingToDo();
    read("b", 50);
    take("stream-split");
  }

  @Test
  void aCheckpointKeepsWhatNobodyHasTaken() {
    take("a");

    splits = restored(splits.snapshotState(1));

    assertThat(splits.getNext().map(SourceSplitBase::splitId)).isEqualTo(Optional.of("b"));
  }
}
