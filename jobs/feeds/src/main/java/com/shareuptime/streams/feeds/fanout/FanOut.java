package com.shareuptime.streams.feeds.fanout;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.feeds.Bucket;
import com.shareuptime.streams.feeds.fanout.Author.Reach;
import com.shareuptime.streams.feeds.fanout.AuthorInput.Drop;
import com.shareuptime.streams.feeds.fanout.AuthorInput.Hidden;
import com.shareuptime.streams.feeds.fanout.AuthorInput.Join;
import com.shareuptime.streams.feeds.fanout.AuthorInput.Leave;
import com.shareuptime.streams.feeds.fanout.AuthorInput.Rewrite;
import com.shareuptime.streams.feeds.fanout.AuthorInput.Shown;
import com.shareuptime.streams.feeds.feed.FeedInput;
import com.shareuptime.streams.feeds.feed.FeedWrite;
import com.shareuptime.streams.feeds.feed.Posts;
import com.shareuptime.streams.serialization.IdsByNumber;
import com.shareuptime.streams.serialization.StateById;
import com.shareuptime.streams.version.Durability;
import com.shareuptime.streams.version.Gate;
import com.shareuptime.streams.version.RunNumbers;
import com.shareuptime.streams.version.WritingRun;
import com.shareuptime.streams.version.WritingSubtask;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Brings an author's posts to the feeds of active followers: pushes them, or, above a threshold of
 * followers, has readers pull the author's timeline.
 *
 * <p>What adds to a feed is sent at once. What takes a source away from readers (an author out of
 * what they pull) waits until everything that replaces it is sent, until no checkpoint is kept any
 * more that lacks that decision, and until all that an earlier run had read has been read again.
 * Work on all followers goes in steps of a few buckets each, so that other authors never wait for
 * it.
 */
public final class FanOut extends KeyedProcessFunction<Id, AuthorInput, FeedInput>
    implements CheckpointedFunction, CheckpointListener {
  private static final long serialVersionUID = 1L;

  /** Writes of timelines. */
  public static final OutputTag<FeedWrite> TIMELINES = new OutputTag<>("timelines", FeedWrite.TYPE);

  private static final ValueStateDescriptor<Author> AUTHOR =
      new ValueStateDescriptor<>("author", Author.TYPE);

  /** How many authors are pulled: parts of a sum, which a rescale may deal out anyhow. */
  private static final ListStateDescriptor<Long> CELEBRITIES =
      new ListStateDescriptor<>("celebrities", Types.LONG);

  /**
   * The mark of who has a post of 1970 or before. Such posts are in no feed, as a mark of 0 says
   * that nothing is older: readers find them in the tables.
   */
  private static final long OLD_POSTS = 1;

  /** A mark above every post, in the year 2255: the largest that Redis keeps exactly. */
  private static final long NOTHING_KNOWN = 1L << 53;

  private static final int BUCKETS_A_STEP = 4;
  private static final long STEP_MILLIS = 5;
  private static final long DURABILITY_CHECK_MILLIS = 250;

  private final FanOutSettings settings;
  private final Clock clock;
  private final RunNumbers runs;

  private transient ValueState<Author> authorState;

  /** By bucket: the active followers in it, sorted. */
  private transient IdsByNumber followers;

  /** By user who has no feed any more: the time at which the user leaves. */
  private transient StateById<Long> leaving;

  private transient Gate gate;
  private transient Durability durability;
  private transient OperatorStateStore store;
  private transient WritingRun run;
  private transient Counter deliveries;
  private transient Counter posts;
  private transient Counter promotions;
  private transient Counter demotions;
  private transient Counter backfills;
  private transient PendingWork pending;
  private transient ListState<Long> celebrityState;
  private transient volatile long celebrities;

  /**
   * @param clock tells when a run starts
   * @param runs numbers of runs, by which Redis tells a dead one
   */
  public FanOut(FanOutSettings settings, Clock clock, RunNumbers runs) {
    this.settings = settings;
    this.clock = clock;
    this.runs = runs;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    gate = Gate.of(clock.millis(), settings.spreadMillis());
    durability = Durability.of(context);
    store = context.getOperatorStateStore();
    run = WritingRun.after(store);
    run.begin(runs, WritingSubtask.of(getRuntimeContext(), "fan-out"));
    celebrityState = store.getListState(CELEBRITIES);
    for (long some : celebrityState.get()) {
      celebrities += some;
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    durability.snapshot(context.getCheckpointId());
    celebrityState.update(List.of(celebrities));
    run.note(store);
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) {
    durability.complete(checkpoint);
  }

  @Override
  public void open(OpenContext context) {
    authorState = getRuntimeContext().getState(AUTHOR);
    followers = IdsByNumber.of(getRuntimeContext(), "followers");
    leaving = StateById.of(getRuntimeContext(), "leaving", Types.LONG);
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    deliveries = metrics.counter("deliveries");
    posts = metrics.counter("postsShown");
    promotions = metrics.counter("promotions");
    demotions = metrics.counter("demotions");
    backfills = metrics.counter("backfills");
    pending = new PendingWork();
    pending.register(metrics);
    metrics.gauge("celebrities", () -> celebrities);
  }

  @Override
  public void processElement(AuthorInput input, Context context, Collector<FeedInput> out)
      throws Exception {
    Author known = authorState.value();
    Author author = known == null ? Author.UNKNOWN : known;
    Author after;
    if (input instanceof Shown shown) {
      after = show(author, shown, context, out);
    } else if (input instanceof Hidden hidden) {
      after = author.posts(author.posts().without(hidden.post()));
    } else if (input instanceof Join join) {
      after = join(author, join, context, out);
    } else if (input instanceof Leave leave) {
      after = leave(author, leave, context);
    } else if (input instanceof Rewrite) {
      after = writeTimeline(author, context);
    } else {
      out.collect(new FeedInput.Drop(context.getCurrentKey(), ((Drop) input).epoch()));
      return;
    }
    store(known, after);
  }

  private Author show(Author author, Shown shown, Context context, Collector<FeedInput> out)
      throws Exception {
    posts.inc();
    if (shown.position() < OLD_POSTS) {
      return leftToTables(author, shown, context, out);
    }
    Author after =
        author.shown(shown.post(), shown.position(), settings.timeline()).lacking(shown.before());
    Posts post = Posts.of(shown.post(), shown.position());
    if (after.reach().pushes() && after.followers() > 0) {
      followers.forEach(
          (bucket, users) -> {
            if (shown.before() > 0) {
              out.collect(new FeedInput.Raise(bucket, shown.before(), users));
            }
            push(bucket, shown.author(), post, users, out);
          });
    }
    if (!after.timelineWritten()) {
      return writeTimeline(after, context);
    }
    context.output(TIMELINES, timeline(shown.author(), post, after.mark(), false));
    return after;
  }

  private Author leftToTables(Author author, Shown shown, Context context, Collector<FeedInput> out)
      throws Exception {
    long mark = Math.max(OLD_POSTS, shown.before());
    Author after = author.lacking(mark);
    if (after.reach().pushes() && after.followers() > 0) {
      followers.forEach((bucket, users) -> out.collect(new FeedInput.Raise(bucket, mark, users)));
    }
    return after.equals(author) ? after : writeTimeline(after, context);
  }

  private Author join(Author author, Join join, Context context, Collector<FeedInput> out)
      throws Exception {
    Author after = author;
    leaving.remove(join.user());
    int bucket = Bucket.of(join.user());
    Ids before = followers.get(bucket);
    Ids users = before.with(join.user());
    if (users != before) {
      followers.put(bucket, users);
      after = after.followers(after.followers() + 1);
    }
    boolean pushed = after.reach().pushes();
    Posts newest = pushed ? after.posts().newest(join.posts()) : Posts.NONE;
    if (after.reach().pulls() && !after.timelineWritten()) {
      after = writeTimeline(after, context);
    }
    backfills.inc();
    deliveries.inc(newest.size());
    out.collect(
        new FeedInput.Answer(
            join.user(),
            join.epoch(),
            join.awaited(),
            join.counted(),
            join.author(),
            newest,
            pushed ? after.markBelow(join.posts()) : 0,
            after.reach().pulls()));
    if (after.followers() > settings.threshold() && !after.reach().pulls()) {
      promotions.inc();
      after = after.reach(Reach.BECOMING_PULLED);
      if (!after.timelineWritten()) {
        after = writeTimeline(after, context);
      }
      continueSoon(context, STEP_MILLIS);
    }
    return after;
  }

  private Author leave(Author author, Leave leave, Context context) throws Exception {
    if (leave.after() > Long.MIN_VALUE) {
      leaving.put(leave.user(), leave.after() + 1);
      context.timerService().registerEventTimeTimer(leave.after() + 1);
      return author;
    }
    leaving.remove(leave.user());
    return remove(author, leave.user(), context);
  }

  private Author remove(Author author, Id user, Context context) throws Exception {
    int bucket = Bucket.of(user);
    Ids before = followers.get(bucket);
    Ids users = before.without(user);
    if (users == before) {
      return author;
    }
    followers.put(bucket, users);
    Author after = author.followers(author.followers() - 1);
    if (after.reach().pulls() && settings.isFew(after.followers())) {
      demotions.inc();
      after = after.reach(Reach.BECOMING_PUSHED);
      continueSoon(context, STEP_MILLIS);
    }
    return after;
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<FeedInput> out)
      throws Exception {
    Author author = authorState.value();
    if (author == null) {
      return;
    }
    Author after = author;
    if (context.timeDomain() == TimeDomain.PROCESSING_TIME) {
      after = advance(author, context, out);
      int chunks = (Bucket.COUNT - after.step()) / BUCKETS_A_STEP;
      pending.note(context.getCurrentKey(), chunks, after.reach().changes(), timestamp);
    } else {
      after = letLeave(author, timestamp, context);
      if (!after.timelineWritten() || timestamp == gate.momentOf(context.getCurrentKey())) {
        after = writeTimeline(after, context);
      }
    }
    store(author, after);
  }

  private void store(Author before, Author after) throws Exception {
    if (after == before) {
      return;
    }
    boolean was = before != null && before.reach() != Reach.PUSHED;
    if (was != (after.reach() != Reach.PUSHED)) {
      celebrities += was ? -1 : 1;
    }
    authorState.update(after);
  }

  private Author letLeave(Author author, long time, OnTimerContext context) throws Exception {
    Author after = author;
    Iterator<Map.Entry<Id, Long>> entries = leaving.iterator();
    while (entries.hasNext()) {
      Map.Entry<Id, Long> entry = entries.next();
      if (entry.getValue() <= time) {
        after = remove(after, entry.getKey(), context);
        entries.remove();
      }
    }
    return after;
  }

  /** One step of long work. */
  private Author advance(Author author, OnTimerContext context, Collector<FeedInput> out)
      throws Exception {
    if (!author.reach().changes()) {
      return author;
    }
    boolean mayTakeAway = gate.isOpenAt(context.timerService().currentWatermark());
    if (author.reach() == Reach.PUSHED_AGAIN) {
      boolean durable = durability.covers(author.durableFrom()) && mayTakeAway;
      continueSoon(context, durable ? STEP_MILLIS : DURABILITY_CHECK_MILLIS);
      return durable ? author.reach(Reach.LEAVING_PULL) : author;
    }
    if (author.reach() == Reach.LEAVING_PULL && !mayTakeAway) {
      continueSoon(context, DURABILITY_CHECK_MILLIS);
      return author;
    }
    int to = Math.min(Bucket.COUNT, author.step() + BUCKETS_A_STEP);
    for (int bucket = author.step(); bucket < to; bucket++) {
      visit(bucket, author, context.getCurrentKey(), out);
    }
    if (to < Bucket.COUNT) {
      continueSoon(context, STEP_MILLIS);
      return author.step(to);
    }
    return switch (author.reach()) {
      case BECOMING_PULLED -> author.reach(Reach.PULLED);
      case BECOMING_PUSHED -> {
        continueSoon(context, DURABILITY_CHECK_MILLIS);
        yield author.reach(Reach.PUSHED_AGAIN).durableFrom(durability.next());
      }
      default -> author.reach(Reach.PUSHED);
    };
  }

  private void visit(int bucket, Author author, Id id, Collector<FeedInput> out) throws Exception {
    Ids users = followers.get(bucket);
    if (users.isEmpty()) {
      return;
    }
    switch (author.reach()) {
      case BECOMING_PULLED -> out.collect(new FeedInput.Pull(bucket, id, users));
      case BECOMING_PUSHED -> push(bucket, id, author.posts(), users, out);
      default -> out.collect(new FeedInput.Unpull(bucket, id, author.mark(), users));
    }
  }

  private void push(int bucket, Id author, Posts some, Ids users, Collector<FeedInput> out) {
    if (some.size() > 0) {
      deliveries.inc((long) some.size() * users.size());
      out.collect(new FeedInput.Push(bucket, author, some, users));
    }
  }

  /**
   * Writes the whole timeline; while a replay goes on, at the author's moment after it: before, it
   * would lack what readers have been promised. Whoever pulls it until then asks the tables.
   */
  private Author writeTimeline(Author author, Context context) {
    Id id = context.getCurrentKey();
    if (gate.isOpenAt(context.timerService().currentWatermark())) {
      context.output(TIMELINES, timeline(id, author.posts(), author.mark(), true));
      return author.timelineWritten(true);
    }
    if (author.reach() != Reach.PUSHED) {
      context.output(TIMELINES, timeline(id, Posts.NONE, NOTHING_KNOWN, true));
    }
    context.timerService().registerEventTimeTimer(gate.momentOf(id));
    return author;
  }

  private FeedWrite timeline(Id author, Posts some, long mark, boolean whole) {
    return new FeedWrite.Timeline(run.number(), author, some, mark, whole);
  }

  private static void continueSoon(Context context, long millis) {
    var timers = context.timerService();
    timers.registerProcessingTimeTimer(timers.currentProcessingTime() + millis);
  }
}
