package com.shareuptime.streams.counters.trending;

import com.shareuptime.streams.counters.listing.ListChange;
import com.shareuptime.streams.counters.window.WindowUpdate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Ranks targets by what happened to them in the last hour, anew every few seconds of event time.
 * Runs as one subtask: its input is one update a target and minute, and what leaves the lists. An
 * empty list is written as any other: the stores may hold one of a run that failed.
 */
public final class Trending extends AbstractStreamOperator<Ranking>
    implements OneInputStreamOperator<ListChange, Ranking> {
  private static final long serialVersionUID = 1L;

  /** How many are ranked. */
  static final int SIZE = 100;

  private static final long INTERVAL = 5_000;

  /** When a start without state has seen its first whole minute; until then the old list stays. */
  private static final long FIRST_MINUTE = 120_000;

  /** What earlier builds kept, who did not know whose targets they were; empty since. */
  private static final ListStateDescriptor<WindowUpdate> MINUTES =
      new ListStateDescriptor<>("minutes", WindowUpdate.TYPE);

  /** The candidates' minutes of the last hour, at most 10,000 targets a list. */
  private static final ListStateDescriptor<ListChange> LISTED_MINUTES =
      new ListStateDescriptor<>("listed-minutes", ListChange.TYPE);

  private transient Map<TrendingList, Candidates> candidates;
  private transient ListState<WindowUpdate> minutes;
  private transient ListState<ListChange> listedMinutes;
  private transient long start;
  private transient long ranked;

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    start = now() + (context.isRestored() ? 0 : FIRST_MINUTE);
    ranked = Long.MIN_VALUE;
    candidates = new EnumMap<>(TrendingList.class);
    for (TrendingList list : TrendingList.values()) {
      candidates.put(list, new Candidates());
    }
    minutes = context.getOperatorStateStore().getListState(MINUTES);
    for (WindowUpdate minute : minutes.get()) {
      take(new ListChange.Minute(minute, ListChange.NOBODY));
    }
    listedMinutes = context.getOperatorStateStore().getListState(LISTED_MINUTES);
    for (ListChange minute : listedMinutes.get()) {
      take(minute);
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    List<ListChange> all = new ArrayList<>();
    candidates.forEach((list, of) -> all.addAll(of.toState(list.type())));
    listedMinutes.update(all);
    minutes.clear();
  }

  @Override
  public void processElement(StreamRecord<ListChange> element) {
    take(element.getValue());
  }

  private void take(ListChange change) {
    Candidates list = candidates.get(TrendingList.of(change.type()));
    if (change instanceof ListChange.Minute minute) {
      list.update(minute.window(), minute.author());
    } else if (change instanceof ListChange.TargetLeaves leaves) {
      list.remove(leaves.target().id(), leaves.author());
    } else {
      list.removeOf(change.author());
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    long time = Math.min(mark.getTimestamp(), now());
    if (mark.getTimestamp() >= start
        && Math.floorDiv(time, INTERVAL) > Math.floorDiv(ranked, INTERVAL)) {
      ranked = time;
      candidates.forEach(
          (list, of) ->
              output.collect(
                  new StreamRecord<>(new Ranking(list, of.best(SIZE, time), time), time)));
    }
    super.processWatermark(mark);
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }
}
