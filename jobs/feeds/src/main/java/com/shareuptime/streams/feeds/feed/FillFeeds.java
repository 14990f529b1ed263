package com.shareuptime.streams.feeds.feed;

import com.shareuptime.streams.feeds.feed.FeedInput.Answer;
import com.shareuptime.streams.feeds.feed.FeedInput.Drop;
import com.shareuptime.streams.feeds.feed.FeedInput.Pull;
import com.shareuptime.streams.feeds.feed.FeedInput.Push;
import com.shareuptime.streams.feeds.feed.FeedInput.Unpull;
import com.shareuptime.streams.feeds.sink.FeedWrite;
import com.shareuptime.streams.version.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Puts all that concerns one user's feed into one order, and claims that a feed is complete once
 * every author has answered.
 *
 * <p>A feed is emptied when the first answer of a filling comes, and not before: what was pushed
 * ahead of it came from authors who had not taken the user in yet, and whose answers repeat it.
 * Completeness is claimed only after all that an earlier run had read has been read again.
 */
public final class FillFeeds extends KeyedProcessFunction<Integer, FeedInput, FeedWrite> {
  private static final long serialVersionUID = 1L;

  /** User → filling; a user without a feed keeps the number of the last one. */
  private static final MapStateDescriptor<Long, Filling> FILLINGS =
      new MapStateDescriptor<>("fillings", Types.LONG, Filling.TYPE);

  private transient MapState<Long, Filling> fillings;
  private transient Gate gate;
  private transient Counter opened;
  private transient Counter completed;
  private transient Counter dropped;

  @Override
  public void open(OpenContext context) {
    fillings = getRuntimeContext().getMapState(FILLINGS);
    gate = Gate.ofBootstrap(System.currentTimeMillis(), 0);
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
      out.collect(new FeedWrite.Pull(pull.author(), pull.users()));
    } else if (input instanceof Unpull unpull) {
      out.collect(new FeedWrite.Unpull(unpull.author(), unpull.mark(), unpull.users()));
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
      filling = new Filling(answer.epoch(), answer.awaited(), 0);
      opened.inc();
      out.collect(new FeedWrite.Open(answer.user()));
    }
    long[] user = {answer.user()};
    if (answer.posts().size() > 0) {
      out.collect(new FeedWrite.Push(answer.author(), answer.posts(), user));
    }
    if (answer.pulled()) {
      out.collect(new FeedWrite.Pull(answer.author(), user));
    }
    if (filling.awaited() == Filling.COMPLETE) {
      if (answer.mark() > 0) {
        out.collect(new FeedWrite.Raise(answer.user(), answer.mark()));
      }
      return;
    }
    filling = filling.with(answer);
    if (filling.awaited() == 0) {
      if (gate.isOpenAt(context.timerService().currentWatermark())) {
        filling = complete(answer.user(), filling, out);
      } else {
        context.timerService().registerEventTimeTimer(gate.start());
      }
    }
    fillings.put(answer.user(), filling);
  }

  /** The replay is over: completes what waited for that. */
  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<FeedWrite> out)
      throws Exception {
    if (!gate.isOpenAt(timestamp)) {
      context.timerService().registerEventTimeTimer(gate.start()); // of an earlier run
      return;
    }
    List<Long> waiting = new ArrayList<>();
    for (Map.Entry<Long, Filling> entry : fillings.entries()) {
      if (entry.getValue().awaited() == 0) {
        waiting.add(entry.getKey());
      }
    }
    for (Long user : waiting) {
      fillings.put(user, complete(user, fillings.get(user), out));
    }
  }

  private Filling complete(long user, Filling filling, Collector<FeedWrite> out) {
    completed.inc();
    out.collect(new FeedWrite.Complete(user, filling.mark()));
    return filling.complete();
  }

  private void drop(Drop drop, Collector<FeedWrite> out) throws Exception {
    Filling filling = fillings.get(drop.user());
    if (filling == null || drop.epoch() >= filling.epoch()) {
      dropped.inc();
      fillings.put(drop.user(), new Filling(drop.epoch(), Filling.DROPPED, 0));
      out.collect(new FeedWrite.Drop(drop.user()));
    }
  }
}
