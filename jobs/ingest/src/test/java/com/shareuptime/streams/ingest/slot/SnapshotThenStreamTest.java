package com.shareuptime.streams.ingest.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.ingest.check.Refusal;
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
import org.apache.flink.cdc.connectors.base.source.meta.offset.Offset;
import org.apache.flink.cdc.connectors.base.source.meta.split.SchemalessSnapshotSplit;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceSplitBase;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

class SnapshotThenStreamTest {
  private static final TableId POSTS = TableId.parse("public.posts", false);
  private static final TableChange TABLE =
      new TableChange(TableChangeType.CREATE, Table.editor().tableId(POSTS).create());

  private long slot = 20;
  private SnapshotThenStream splits = of("a", "b");

  /** Over tables that are cut already: neither the database nor its configuration is asked. */
  private SnapshotThenStream of(String... chunks) {
    return restored(state(Map.of(), chunks));
  }

  private static HybridPendingSplitsState state(Map<String, Offset> read, String... unread) {
    return new HybridPendingSplitsState(
        new SnapshotPendingSplitsState(
            List.of(POSTS),
            List.of(unread).stream().map(SnapshotThenStreamTest::chunk).toList(),
            Map.of(),
            Map.of(POSTS, TABLE),
            read,
            AssignerStatus.INITIAL_ASSIGNING,
            List.of(),
            true,
            true,
            Map.of(),
            ChunkSplitterState.NO_SPLITTING_TABLE_STATE),
        false);
  }

  private SnapshotThenStream restored(HybridPendingSplitsState state) {
    SnapshotThenStream splits = new SnapshotThenStream(null, null, () -> slot, state);
    splits.open();
    return splits;
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
  void theStreamStartsAtTheSlotOnceAllChunksAreRead() {
    take("a");
    take("b");
    read("b", 20);
    assertNothingToDo();
    read("a", 20);

    SourceSplitBase stream = take("stream-split");

    assertThat(SlotPosition.of(stream.asStreamSplit().getStartingOffset())).isEqualTo(20);
    assertThat(splits.noMoreSplits()).isTrue();
    assertNothingToDo();
  }

  @Test
  void aChunkGivenBackAfterTheSnapshotWasCompleteIsReadBeforeTheStream() {
    take("a");
    SourceSplitBase given = take("b");
    read("a", 20);
    read("b", 20);
    SourceSplitBase stream = take("stream-split");

    splits.addSplits(List.of(given, stream));
    take("b");
    assertNothingToDo();
    read("b", 20);

    take("stream-split");
  }

  @Test
  void aCheckpointWithAnUnreadChunkWaitsForItsReader() {
    take("a");
    SourceSplitBase given = take("b");
    read("a", 20);
    read("b", 20);
    splits.addSplits(List.of(given));
    take("b");

    splits = restored(splits.snapshotState(1));

    assertNothingToDo();
    read("b", 20);
    take("stream-split");
  }

  @Test
  void aCheckpointKeepsWhatNobodyHasTaken() {
    take("a");

    splits = restored(splits.snapshotState(1));

    assertThat(splits.getNext().map(SourceSplitBase::splitId)).isEqualTo(Optional.of("b"));
  }

  /** It was taken for dead before it had read all: another has, and streams. */
  @Test
  void aSnapshotWhoseSlotHasMovedHandsOutNoChunk() {
    SourceSplitBase chunk = take("a");
    SnapshotThenStream thawed = splits;
    HybridPendingSplitsState checkpoint = splits.snapshotState(1);
    slot = 21;
    SnapshotThenStream wokenWithItsJobManager = restored(checkpoint);
    thawed.addSplits(List.of(chunk));

    assertThatThrownBy(thawed::getNext).isInstanceOf(Refusal.class);
    assertThatThrownBy(wokenWithItsJobManager::getNext)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("has moved from 0/14 to 0/15")
        .hasMessageContaining("cancel");
  }

  /** Earlier builds kept no beginning; all that they had read was read at it. */
  @Test
  void aSnapshotThatAnEarlierBuildBeganGoesOnWhileItsSlotHasNotMoved() {
    HybridPendingSplitsState state = state(Map.of("z", SlotPosition.at(20)), "a", "b");
    splits = restored(state);
    take("a");
    read("a", 20);
    splits = restored(splits.snapshotState(1));
    take("b");
    slot = 21;

    assertThatThrownBy(restored(state)::getNext).isInstanceOf(Refusal.class);
  }
}
