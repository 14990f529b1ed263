package com.shareuptime.streams.feeds.feed;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.feeds.feed.FeedInput.Answer;
import com.shareuptime.streams.feeds.feed.FeedInput.Drop;
import com.shareuptime.streams.feeds.feed.FeedInput.Pull;
import com.shareuptime.streams.feeds.feed.FeedInput.Push;
import com.shareuptime.streams.feeds.feed.FeedInput.Unpull;
import com.shareuptime.streams.serialization.StateById;
import com.shareuptime.streams.version.Durability;
import com.shareuptime.streams.version.Gate;
import com.shareuptime.streams.version.RunNumbers;
import com.shareuptime.streams.version.WritingRun;
import com.shareuptime.streams.version.WritingSubtask;
import java.time.Clock;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Puts all that concerns one user's feed into one order, and claims that a feed is complete once
 * every author has answered.
 *
 * <p>A feed is emptied when the first answer of a filling comes, and not before: what was pushed
 * ahead of it came from authors who had not taken the user in yet, and whose answers repeat it.
 * Completeness is claimed only when every checkpoint that is kept says that authors send to this
 * feed, so that no restore leaves a claim behind which nobody keeps; and only after all that an
 * earlier run had read has been read again.
 */
public final class FillFeeds extends KeyedProcessFunction<Integer, FeedInput, FeedWrite>
    implements CheckpointedFunction, CheckpointListener {
  private static final long serialVersionUID = 1L;

  private static final long CHECK_MILLIS = 250;

  private final Clock clock;
  private final RunNumbers runs;

  /** By user; one without a feed keeps the number of the last filling. */
  private transient StateById<Filling> fillings;

  /** By user: the checkpoint before which none may be kept for the feed to be claimed complete. */
  private transient StateById<Long> filled;

  private transient Gate gate;
  private transient Durability durability;
  private transient OperatorStateStore store;
  private transient WritingRun run;
  private transient Counter opened;
  private transient Counter completed;
  private transient Counter dropped;

  /**
   * @param clock tells when a run starts
   * @param runs numbers of runs, by which Redis tells a dead one
   */
  public FillFeeds(Clock clock, RunNumbers runs) {
    this.clock = clock;
    this.runs = runs;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    gate = Gate.of(clock.millis(), 0);
    durability = Durability.of(context);
    store = context.getOperatorStateStore();
    run = WritingRun.after(store);
    run.begin(runs, WritingSubtask.of(getRuntimeContext(), "fill-feeds"));
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    durability.snapshot(context.getCheckpointId());
    run.note(store);
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) {
    durability.complete(checkpoint);
  }

  @Override
  public void open(OpenContext context) {
    fillings = StateById.of(getRuntimeContext(), "fillings", Filling.TYPE);
    filled = StateById.of(getRuntimeContext(), "filled", Types.LONG);
    opened = getRuntimeContext().getMetricGroup().counter("feedsOpened");
    completed = getRuntimeContext().getMetricGroup().counter("feedsCompleted");
    dropped = getRuntimeContext().getMetricGroup().counter("feedsDropped");
  }

  @Override
  public void processElement(FeedInput input, Context context, Collector<FeedWrite> out)
      throws Exception {
    if (input instanceof Push push) {
      out.collect(new FeedWrite.Push(push.author(), push.posts(), push.users()));
    } else if (input instanceof Answer answer) {
      answer(answer, context, out);
    } else if (input instanceof Pull pull) {
      out.collect(new FeedWrite.Pull(run.number(), pull.author(), pull.users()));
    } else if (input instanceof Unpull unpull) {
      out.collect(
          new FeedWrite.Unpull(run.number(), unpull.author(), unpull.mark(), unpull.users()));
    } else if (input instanceof FeedInput.Raise raise) {
      for (Id user : raise.users()) {
        out.collect(new FeedWrite.Raise(user, raise.mark()));
      }
    } else if (input instanceof Drop drop) {
      drop(drop, out);
    }
  }

  private void answer(Answer answer, Context context, Collector<FeedWrite> out) throws Exception {
    Filling filling = fillings.get(answer.user());
    if (filling != null && answer.epoch() <= filling.epoch()) {
      if (answer.epoch() < filling.epoch() || filling.awaited() == Filling.DROPPED) {
        return; // the user's later joins are answered as well
      }
    } else {
      filling = new Filling(answer.epoch(), answer.awaited(), 0, run.number());
      opened.inc();
      filled.remove(answer.user());
      out.collect(new FeedWrite.Open(run.number(), answer.user(), answer.epoch()));
    }
    Ids user = Ids.of(answer.user());
    if (answer.posts().size() > 0) {
      out.collect(new FeedWrite.Push(answer.author(), answer.posts(), user));
    }
    if (answer.pulled()) {
      out.collect(new FeedWrite.Pull(run.number(), answer.author(), user));
    }
    if (!answer.counted() && answer.mark() > 0) {
      out.collect(new FeedWrite.Raise(answer.user(), answer.mark()));
    }
    if (filling.awaited() == Filling.COMPLETE) {
      return;
    }
    filling = filling.with(answer);
    fillings.put(answer.user(), filling);
    if (filling.awaited() == 0) {
      filled.put(answer.user(), durability.next());
      checkSoon(context.timerService());
    }
  }

  /** Claims the feeds of this bucket that may be claimed by now. */
  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<FeedWrite> out)
      throws Exception {
    boolean replayed = gate.isOpenAt(context.timerService().currentWatermark());
    boolean waiting = false;
    Iterator<Map.Entry<Id, Long>> entries = filled.iterator();
    while (entries.hasNext()) {
      Map.Entry<Id, Long> entry = entries.next();
      if (replayed && durability.covers(entry.getValue())) {
        claim(entry.getKey(), out);
        entries.remove();
      } else {
        waiting = true;
      }
    }
    if (waiting) {
      checkSoon(context.timerService());
    }
  }

  private void claim(Id user, Collector<FeedWrite> out) throws Exception {
    Filling filling = fillings.get(user);
    if (filling.awaited() == 0) {
      completed.inc();
      out.collect(
          new FeedWrite.Complete(
              run.number(), user, filling.epoch(), filling.opener(), filling.mark()));
      fillings.put(user, filling.complete());
    }
  }

  private static void checkSoon(TimerService timers) {
    long due = timers.currentProcessingTime() / CHECK_MILLIS * CHECK_MILLIS + CHECK_MILLIS;
    timers.registerProcessingTimeTimer(due); // one for all feeds of the bucket
  }

  private void drop(Drop drop, Collector<FeedWrite> out) throws Exception {
    Filling filling = fillings.get(drop.user());
    if (filling == null || drop.epoch() >= filling.epoch()) {
      dropped.inc();
      filled.remove(drop.user());
      fillings.put(drop.user(), new Filling(drop.epoch(), Filling.DROPPED, 0, 0));
      out.collect(new FeedWrite.Drop(run.number(), drop.user()));
    }
  }
}
