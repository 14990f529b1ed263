package com.shareuptime.streams.feeds.audience;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.feeds.audience.Reader.Status;
import com.shareuptime.streams.feeds.audience.ReaderInput.Account;
import com.shareuptime.streams.feeds.audience.ReaderInput.Activity;
import com.shareuptime.streams.feeds.audience.ReaderInput.Follow;
import com.shareuptime.streams.feeds.audience.ReaderInput.Found;
import com.shareuptime.streams.feeds.audience.ReaderInput.Rebuild;
import com.shareuptime.streams.feeds.fanout.AuthorInput;
import com.shareuptime.streams.feeds.fanout.AuthorInput.Drop;
import com.shareuptime.streams.feeds.fanout.AuthorInput.Join;
import com.shareuptime.streams.feeds.fanout.AuthorInput.Leave;
import com.shareuptime.streams.pace.Turns;
import com.shareuptime.streams.serialization.StateById;
import com.shareuptime.streams.version.CaughtUp;
import com.shareuptime.streams.version.Gate;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Tells authors who reads them: active users join the authors whom they follow, and themselves, and
 * leave when they unfollow, fall inactive or are deactivated.
 *
 * <p>A reader who is not joined has no feed: that is said before anything can be missing in it.
 * Returns take turns, so that many at once do not hold up what is fresh. After a start without
 * state nobody returns until all tables have been read, however often that is begun again.
 */
public final class Audience extends KeyedProcessFunction<Id, ReaderInput, AuthorInput>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  private static final ValueStateDescriptor<Reader> READER =
      new ValueStateDescriptor<>("reader", Reader.TYPE);

  /** Ended follows are forgotten at the beginning of a day. */
  private static final long DAY = 86_400_000;

  /** A feed is not filled again within so many milliseconds, however often that is asked for. */
  private static final long REST = 5_000;

  private final AudienceSettings settings;

  private transient ValueState<Reader> readerState;
  private transient StateById<Followee> followees;
  private transient OperatorStateStore store;
  private transient boolean caughtUp;
  private transient Gate gate;
  private transient Turns turns;
  private transient Counter returns;
  private transient Counter departures;
  private transient Counter rebuilds;

  public Audience(AudienceSettings settings) {
    this.settings = settings;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    store = context.getOperatorStateStore();
    caughtUp = CaughtUp.isRestored(store, context.isRestored());
    gate = Gate.of(settings.startedAt(), settings.spreadMillis());
    turns = new Turns(settings.joinsPerSecond());
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    CaughtUp.note(store, caughtUp, gate);
  }

  @Override
  public void open(OpenContext context) {
    readerState = getRuntimeContext().getState(READER);
    followees = StateById.of(getRuntimeContext(), "followees", Followee.TYPE);
    var metrics = getRuntimeContext().getMetricGroup();
    returns = metrics.counter("returns");
    departures = metrics.counter("departures");
    rebuilds = metrics.counter("rebuilds");
  }

  @Override
  public void processElement(ReaderInput input, Context context, Collector<AuthorInput> out)
      throws Exception {
    gate.advance(context.timerService().currentWatermark());
    if (input instanceof Follow follow) {
      follow(follow, context, out);
      return;
    }
    Reader known = readerState.value();
    Reader reader = known == null ? Reader.UNKNOWN : known;
    Reader after = reader;
    if (input instanceof Activity activity) {
      after = arrive(reader.activeAt(activity.time()), context, out);
    } else if (input instanceof Account account) {
      after = account(reader, account, context, out);
    } else if (input instanceof Rebuild) {
      after = rebuild(reader, context, out);
    } else if (input instanceof Found && reader.status() == Status.AWAY) {
      context.timerService().registerEventTimeTimer(gate.momentOf(context.getCurrentKey()));
    }
    if (after != known && after != Reader.UNKNOWN) {
      readerState.update(after);
    }
  }

  private void follow(Follow follow, Context context, Collector<AuthorInput> out) throws Exception {
    if (follow.followee().equals(follow.user())) {
      return; // one's own posts are in one's feed however that stands
    }
    Followee before = followees.get(follow.followee());
    if (before != null && before.version().compareTo(follow.version()) >= 0) {
      return;
    }
    followees.put(
        follow.followee(), new Followee(follow.version(), follow.accepted(), follow.time()));
    if (!follow.accepted()) {
      long forget = follow.time() + settings.retentionMillis();
      context.timerService().registerEventTimeTimer((forget / DAY + 1) * DAY);
    }
    boolean was = before != null && before.accepted();
    Reader reader = readerState.value();
    if (was == follow.accepted() || reader == null || !reader.status().isJoined()) {
      return;
    }
    if (was) {
      out.collect(new Leave(follow.followee(), follow.user(), Long.MIN_VALUE));
    } else {
      int posts = settings.postsEach(reader.awaited());
      out.collect(
          new Join(
              follow.followee(), follow.user(), reader.epoch(), reader.awaited(), false, posts));
    }
  }

  private Reader account(
      Reader reader, Account account, Context context, Collector<AuthorInput> out)
      throws Exception {
    if (reader.account().compareTo(account.version()) > 0) {
      return reader;
    }
    Reader after = reader.account(account.version(), account.active());
    if (account.active()) {
      return arrive(after, context, out);
    }
    return depart(after, context.getCurrentKey(), context.timerService().currentWatermark(), out);
  }

  /** Gives the reader a feed, if there is reason to and none yet. */
  private Reader arrive(Reader reader, Context context, Collector<AuthorInput> out)
      throws Exception {
    TimerService timers = context.timerService();
    long end = reader.lastActivity() + settings.windowMillis();
    if (reader.status() != Status.AWAY) {
      return reader;
    }
    if (reader.barred() || end <= timers.currentProcessingTime()) {
      // a history that was taken back may have decided otherwise
      out.collect(new Drop(context.getCurrentKey(), reader.epoch()));
      return reader;
    }
    if (!caughtUp && !gate.isOpen()) {
      timers.registerEventTimeTimer(gate.momentOf(context.getCurrentKey()));
      return reader;
    }
    returns.inc();
    timers.registerEventTimeTimer(end);
    return fillInTurn(reader, context, out);
  }

  private Reader rebuild(Reader reader, Context context, Collector<AuthorInput> out)
      throws Exception {
    long now = context.timerService().currentProcessingTime();
    if (!reader.status().isJoined()) {
      return arrive(reader, context, out); // a reader cannot tell who is not active
    }
    if (reader.status().isWaiting() || now < reader.filledAt() + REST) {
      return reader;
    }
    rebuilds.inc();
    return fillInTurn(reader, context, out);
  }

  /** Fills the feed now, or says that there is none and does it later. */
  private Reader fillInTurn(Reader reader, Context context, Collector<AuthorInput> out)
      throws Exception {
    Ids authors = authors(context.getCurrentKey());
    long now = context.timerService().currentProcessingTime();
    long wait = turns.take(authors.size(), now);
    if (wait == 0) {
      return fill(reader, authors, context.getCurrentKey(), now, out);
    }
    context.timerService().registerProcessingTimeTimer(now + wait);
    if (reader.status().isJoined()) {
      return reader.status(Status.REJOINING);
    }
    out.collect(new Drop(context.getCurrentKey(), reader.epoch()));
    return reader.status(Status.WAITING);
  }

  private Reader fill(Reader reader, Ids authors, Id user, long now, Collector<AuthorInput> out) {
    Reader after = reader.filling(authors.size(), now);
    int posts = settings.postsEach(authors.size());
    for (Id author : authors) {
      out.collect(new Join(author, user, after.epoch(), authors.size(), true, posts));
    }
    return after;
  }

  /** Takes the reader's feed away. */
  private Reader depart(Reader reader, Id user, long watermark, Collector<AuthorInput> out)
      throws Exception {
    if (reader.status() == Status.AWAY) {
      return reader;
    }
    departures.inc();
    out.collect(new Drop(user, reader.epoch()));
    if (reader.status().isJoined()) {
      for (Id author : authors(user)) {
        out.collect(new Leave(author, user, watermark));
      }
    }
    return reader.status(Status.AWAY);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<AuthorInput> out)
      throws Exception {
    gate.advance(context.timerService().currentWatermark());
    Reader known = readerState.value();
    Reader reader = known == null ? Reader.UNKNOWN : known;
    Reader after = reader;
    if (context.timeDomain() == TimeDomain.PROCESSING_TIME) {
      if (reader.status().isWaiting()) {
        Id user = context.getCurrentKey();
        long now = context.timerService().currentProcessingTime();
        after = fill(reader, authors(user), user, now, out);
      }
    } else {
      after = passTime(reader, timestamp, context, out);
    }
    if (after != reader) {
      readerState.update(after);
    }
  }

  private Reader passTime(
      Reader reader, long timestamp, OnTimerContext context, Collector<AuthorInput> out)
      throws Exception {
    Id user = context.getCurrentKey();
    if (timestamp % DAY == 0) {
      forgetEnded(timestamp);
    }
    if (reader.status() == Status.AWAY) {
      out.collect(new Drop(user, reader.epoch())); // what an earlier history may have left
      return arrive(reader, context, out);
    }
    long end = reader.lastActivity() + settings.windowMillis();
    if (end <= timestamp) {
      return depart(reader, user, context.timerService().currentWatermark(), out);
    }
    context.timerService().registerEventTimeTimer(end);
    return reader;
  }

  private void forgetEnded(long now) throws Exception {
    Iterator<Map.Entry<Id, Followee>> all = followees.iterator();
    while (all.hasNext()) {
      Followee followee = all.next().getValue();
      if (!followee.accepted() && followee.changedAt() + settings.retentionMillis() <= now) {
        all.remove();
      }
    }
  }

  /** Whose posts the feed holds: the accepted followees, and the reader. */
  private Ids authors(Id user) throws Exception {
    Ids.Builder authors = new Ids.Builder();
    Iterator<Map.Entry<Id, Followee>> all = followees.iterator();
    while (all.hasNext()) {
      Map.Entry<Id, Followee> entry = all.next();
      if (entry.getValue().accepted()) {
        authors.add(entry.getKey());
      }
    }
    return authors.add(user).build();
  }
}
