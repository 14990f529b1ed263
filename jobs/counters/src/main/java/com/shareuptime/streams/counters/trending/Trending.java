package com.shareuptime.streams.counters.trending;

import com.shareuptime.streams.counters.window.WindowUpdate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Ranks targets by what happened to them in the last hour, anew every few seconds of event time.
 * Runs as one subtask: its input is one update a target and minute.
 */
public final class Trending extends KeyedProcessFunction<Integer, WindowUpdate, Ranking>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  /** How many are ranked. */
  static final int SIZE = 100;

  private static final long INTERVAL = 5_000;

  /** The candidates' minutes of the last hour, at most 10,000 targets a list. */
  private static final ListStateDescriptor<WindowUpdate> MINUTES =
      new ListStateDescriptor<>("minutes", WindowUpdate.TYPE);

  /** When a list is ranked next. */
  private static final ValueStateDescriptor<Long> NEXT =
      new ValueStateDescriptor<>("next-ranking", Types.LONG);

  private final Clock clock = Clock.systemUTC();

  private transient Map<TrendingList, Candidates> candidates;
  private transient ListState<WindowUpdate> minutes;
  private transient ValueState<Long> next;
  private transient long start;

  /** The list of an update: what the stream is keyed by. */
  public static KeySelector<WindowUpdate, Integer> list() {
    return update -> TrendingList.of(update.target().type()).ordinal();
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    start = clock.millis();
    candidates = new EnumMap<>(TrendingList.class);
    for (TrendingList list : TrendingList.values()) {
      candidates.put(list, new Candidates());
    }
    minutes = context.getOperatorStateStore().getListState(MINUTES);
    for (WindowUpdate minute : minutes.get()) {
      candidatesOf(minute).update(minute);
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    List<WindowUpdate> all = new ArrayList<>();
    candidates.forEach((list, of) -> all.addAll(of.toState(list.type())));
    minutes.update(all);
  }

  @Override
  public void open(OpenContext context) {
    next = getRuntimeContext().getState(NEXT);
  }

  @Override
  public void processElement(WindowUpdate update, Context context, Collector<Ranking> out)
      throws Exception {
    candidatesOf(update).update(update);
    if (next.value() == null) {
      schedule(update.start(), context);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Ranking> out)
      throws Exception {
    TrendingList list = TrendingList.values()[context.getCurrentKey()];
    long watermark = context.timerService().currentWatermark();
    long now = Math.min(watermark, clock.millis());
    List<Ranking.Entry> best = candidates.get(list).best(SIZE, now);
    if (watermark >= start) {
      out.collect(new Ranking(list, best, now));
    }
    if (best.isEmpty()) {
      next.clear();
    } else {
      schedule(now, context);
    }
  }

  private void schedule(long after, Context context) throws Exception {
    long watermark = context.timerService().currentWatermark();
    long time = (Math.max(after, watermark) / INTERVAL + 1) * INTERVAL;
    next.update(time);
    context.timerService().registerEventTimeTimer(time);
  }

  private Candidates candidatesOf(WindowUpdate update) {
    return candidates.get(TrendingList.of(update.target().type()));
  }
}
