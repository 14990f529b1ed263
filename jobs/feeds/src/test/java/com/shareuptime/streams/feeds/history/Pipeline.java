package com.shareuptime.streams.feeds.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.feeds.audience.Audience;
import com.shareuptime.streams.feeds.audience.AudienceSettings;
import com.shareuptime.streams.feeds.audience.ReaderInput;
import com.shareuptime.streams.feeds.fanout.AuthorInput;
import com.shareuptime.streams.feeds.fanout.FanOut;
import com.shareuptime.streams.feeds.fanout.FanOutSettings;
import com.shareuptime.streams.feeds.feed.FeedInput;
import com.shareuptime.streams.feeds.feed.FeedWrite;
import com.shareuptime.streams.feeds.feed.FillFeeds;
import com.shareuptime.streams.feeds.row.PostRow;
import com.shareuptime.streams.feeds.row.RecentActivity;
import com.shareuptime.streams.feeds.row.Visibility;
import com.shareuptime.streams.feeds.sink.GiveUpFeeds;
import com.shareuptime.streams.serialization.IdSerializer;
import com.shareuptime.streams.version.RunNumbers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.SplittableRandom;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/**
 * The job's own operators, with a queue for every channel between their subtasks: a random choice
 * of what moves next covers every order in which Flink may deliver. A pipeline that was given up
 * may go on moving beside the one that has replaced it, as a process does that was stopped and
 * wakes.
 */
final class Pipeline implements AutoCloseable {
  private static final int KEY_GROUPS = 24;
  private static final long NOTHING = Long.MIN_VALUE;

  /**
   * How far a store's writes may be taken back and are then sent again, as by {@code RedisWriter}.
   */
  private static final int RECENT = 60;

  /** More writes than this are given up while the store is away. */
  private static final int MAX_PENDING = 12;

  /** Rows of one user that follow within so many milliseconds tell nothing new. */
  private static final long INTERVAL = 300;

  /**
   * Where the topics were read to, the states of each operator's subtasks, and what the sinks keep
   * of writes that the store could not take; whether all tables had been read once.
   */
  record Checkpoint(
      long id,
      int[] cursors,
      List<List<OperatorSubtaskState>> states,
      List<FeedWrite> unsent,
      boolean caughtUp) {
    int subtasks() {
      return states.get(0).size();
    }
  }

  /** What a run of the job is started with. */
  record Settings(
      int subtasks, FanOutSettings fanOut, AudienceSettings audience, RunNumbers runs) {}

  /** One queue between two subtasks: records, and watermarks as {@code Long}. */
  private static final class Channel {
    final Queue<Object> queue = new ArrayDeque<>();
    long watermark = NOTHING;
  }

  private final World world;
  private final SplittableRandom random;
  private final FeedStore store;
  private final int subtasks;
  private final List<Stage<?, ?>> stages = new ArrayList<>();
  private final List<Stage<ReaderInput, AuthorInput>> audience = new ArrayList<>();
  private final List<Stage<PostRow, AuthorInput>> visibility = new ArrayList<>();
  private final List<Stage<AuthorInput, FeedInput>> fanOut = new ArrayList<>();
  private final List<Stage<FeedInput, FeedWrite>> feeds = new ArrayList<>();
  private final List<Sink> sinks = new ArrayList<>();
  private final List<RecentActivity> recent = new ArrayList<>();
  private final int[] cursors;
  private final int activityAtStart;
  private final int ownRowsAtStart;
  private final long[] read = {NOTHING, NOTHING};
  private final AudienceSettings audienceSettings;
  private boolean caughtUp;
  private long progress = NOTHING;
  private boolean fenced;
  private boolean held;

  Pipeline(
      World world, FeedStore store, Settings settings, SplittableRandom random, Checkpoint from)
      throws Exception {
    this.world = world;
    this.random = random;
    this.store = store;
    this.subtasks = settings.subtasks();
    this.cursors = from == null ? new int[4] : from.cursors.clone();
    this.activityAtStart = world.activityTopic.size();
    this.ownRowsAtStart = world.ownRows.size();
    this.audienceSettings = settings.audience();
    this.caughtUp = from != null && from.caughtUp;
    Clock clock = new FixedClock(world.now);
    for (int i = 0; i < subtasks; i++) {
      audience.add(
          new Stage<>(
              new Audience(settings.audience()),
              ReaderInput::user,
              IdSerializer.TYPE,
              AuthorInput.TYPE,
              1,
              i,
              state(from, 0, i)));
      visibility.add(
          new Stage<>(
              new Visibility(1_000_000),
              PostRow::post,
              IdSerializer.TYPE,
              AuthorInput.TYPE,
              1,
              i,
              state(from, 1, i)));
      fanOut.add(
          new Stage<>(
              new FanOut(settings.fanOut(), clock, settings.runs()),
              AuthorInput::author,
              IdSerializer.TYPE,
              FeedInput.TYPE,
              2 * subtasks,
              i,
              state(from, 2, i)));
      feeds.add(
          new Stage<>(
              new FillFeeds(clock, settings.runs()),
              FeedInput::bucket,
              Types.INT,
              FeedWrite.TYPE,
              subtasks,
              i,
              state(from, 3, i)));
      sinks.add(new Sink());
      recent.add(new RecentActivity(INTERVAL, World.USERS / 2));
    }
    if (from != null) {
      for (FeedWrite unsent : from.unsent) {
        FeedWrite lost = ((FeedWrite.Lost) unsent).ofRunsThatAreOver();
        sinks.get(random.nextInt(subtasks)).queue.add(lost);
      }
    }
    List.of(audience, visibility, fanOut, feeds).forEach(stages::addAll);
    for (Stage<?, ?> stage : stages) {
      stage.harness.setProcessingTime(world.now);
    }
    if (from == null) {
      for (Id user : store.feeds.keySet()) {
        audience.get(subtask(user)).accept(0, new ReaderInput.Found(user));
      }
    }
  }

  private OperatorSubtaskState state(Checkpoint from, int operator, int subtask) throws Exception {
    if (from == null) {
      return null;
    }
    var all = from.states.get(operator).toArray(OperatorSubtaskState[]::new);
    return AbstractStreamOperatorTestHarness.repartitionOperatorState(
        AbstractStreamOperatorTestHarness.repackageState(all),
        KEY_GROUPS,
        from.subtasks(),
        subtasks,
        subtask);
  }

  /** All that committed before this is visible. */
  long progress() {
    return progress;
  }

  /** Moves something, at random. */
  void step() throws Exception {
    switch (random.nextInt(8)) {
      case 0 -> readRows();
      case 1 -> readPosts();
      case 2 -> {
        if (random.nextBoolean()) {
          readActivity();
        } else {
          readOwnRows();
        }
      }
      case 3 -> {
        Stage<?, ?> stage = stages.get(random.nextInt(stages.size()));
        for (int ticks = random.nextInt(8); ticks > 0; ticks--) {
          tick(stage);
        }
      }
      case 4, 5 -> sinks.get(random.nextInt(subtasks)).write(1 + random.nextInt(4));
      default -> move(random.nextInt(subtasks), random.nextInt(2 * subtasks));
    }
  }

  /** Reads and moves all there is. */
  void settle() throws Exception {
    for (int round = 0; round < 40; round++) {
      while (readRows() | readPosts() | readActivity() | readOwnRows()) {
        route();
      }
      drain();
      world.now += 40;
      for (Stage<?, ?> stage : stages) {
        stage.harness.setProcessingTime(world.now);
        route();
      }
      drain();
    }
  }

  /** Time for one step of long work. */
  private void tick(Stage<?, ?> stage) throws Exception {
    world.now += 5;
    stage.harness.setProcessingTime(world.now);
    route();
  }

  private void drain() throws Exception {
    boolean moved = true;
    while (moved) {
      moved = false;
      for (int subtask = 0; subtask < subtasks; subtask++) {
        for (int channel = 0; channel < 2 * subtasks; channel++) {
          moved |= move(subtask, channel);
        }
        moved |= sinks.get(subtask).write(1_000);
      }
    }
  }

  private boolean readRows() throws Exception {
    if (cursors[0] >= world.readerTopic.size()) {
      return false;
    }
    World.Entry<ReaderInput> entry = world.readerTopic.get(cursors[0]++);
    if (entry.value() == null) {
      read[0] = entry.time() - 1;
      tellTime();
    } else {
      audience.get(subtask(entry.value().user())).accept(0, entry.value());
      route();
    }
    return true;
  }

  private boolean readActivity() throws Exception {
    if (cursors[2] >= world.activityTopic.size()) {
      return false;
    }
    ReaderInput activity = world.activityTopic.get(cursors[2]++).value();
    audience.get(subtask(activity.user())).accept(0, activity);
    route();
    tellTime();
    return true;
  }

  /** A user's rows are in any partitions. */
  private boolean readOwnRows() throws Exception {
    if (cursors[3] >= world.ownRows.size()) {
      return false;
    }
    ReaderInput.Activity activity = world.ownRows.get(cursors[3]++).value();
    if (recent.get(random.nextInt(subtasks)).isNews(activity.user(), activity.time())) {
      audience.get(subtask(activity.user())).accept(0, activity);
      route();
    }
    tellTime();
    return true;
  }

  private boolean readPosts() throws Exception {
    if (cursors[1] >= world.postTopic.size()) {
      return false;
    }
    World.Entry<PostRow> entry = world.postTopic.get(cursors[1]++);
    if (entry.value() == null) {
      read[1] = entry.time() - 1;
      for (Stage<PostRow, AuthorInput> stage : visibility) {
        stage.accept(0, read[1]);
      }
    } else {
      visibility.get(subtask(entry.value().post())).accept(0, entry.value());
    }
    route();
    return true;
  }

  /** Activity holds time back until what was there at the start has been read again. */
  private void tellTime() throws Exception {
    long time = read[0];
    if (cursors[2] < activityAtStart) {
      time = Math.min(time, world.activityTopic.get(cursors[2]).time() - 1);
    }
    if (cursors[3] < ownRowsAtStart) {
      time = Math.min(time, world.ownRows.get(cursors[3]).time() - 1);
    }
    caughtUp |= time >= audienceSettings.startedAt();
    if (time > NOTHING) {
      for (Stage<ReaderInput, AuthorInput> stage : audience) {
        stage.accept(0, time);
      }
      route();
    }
  }

  private int subtask(Object key) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(key, KEY_GROUPS, subtasks);
  }

  /** One element of a channel of fan-out or of the feeds. */
  private boolean move(int subtask, int channel) throws Exception {
    boolean moved = fanOut.get(subtask).take(channel);
    if (channel < subtasks) {
      moved |= feeds.get(subtask).take(channel);
    }
    route();
    return moved;
  }

  /** Puts what operators have emitted into the channels to the next. */
  private void route() {
    for (int from = 0; from < subtasks; from++) {
      for (Object output : audience.get(from).emitted()) {
        toFanOut(from, output);
      }
      for (Object output : visibility.get(from).emitted()) {
        toFanOut(subtasks + from, output);
      }
      for (Object output : fanOut.get(from).emitted()) {
        if (output instanceof FeedInput input) {
          assertThat(caughtUp || !(input instanceof FeedInput.Push))
              .as("%s comes when all tables have been read", input)
              .isTrue();
          feeds.get(subtask(input.bucket())).channels[from].queue.add(input);
        } else if (output instanceof FeedWrite timeline) {
          sinks.get(from).queue.add(timeline);
        } else {
          int channel = from;
          feeds.forEach(stage -> stage.channels[channel].queue.add(output));
        }
      }
      for (Object output : feeds.get(from).emitted()) {
        sinks.get(from).queue.add(output);
      }
    }
  }

  private void toFanOut(int channel, Object output) {
    if (output instanceof AuthorInput input) {
      fanOut.get(subtask(input.author())).channels[channel].queue.add(input);
    } else {
      fanOut.forEach(stage -> stage.channels[channel].queue.add(output));
    }
  }

  /** An aligned checkpoint: nothing is on its way, and the sinks have written what they had. */
  Checkpoint checkpoint(long id) throws Exception {
    drain();
    List<List<OperatorSubtaskState>> states = new ArrayList<>();
    for (var operator : List.of(audience, visibility, fanOut, feeds)) {
      List<OperatorSubtaskState> ofAll = new ArrayList<>();
      for (Stage<?, ?> stage : operator) {
        ofAll.add(stage.harness.snapshot(id, world.now));
      }
      states.add(ofAll);
    }
    List<FeedWrite> unsent = new ArrayList<>();
    sinks.forEach(sink -> unsent.addAll(sink.condensed()));
    return new Checkpoint(id, cursors.clone(), states, unsent, caughtUp);
  }

  void complete(Checkpoint checkpoint) throws Exception {
    for (Stage<?, ?> stage : stages) {
      stage.harness.notifyOfCompletedCheckpoint(checkpoint.id);
    }
  }

  @Override
  public void close() throws Exception {
    for (Stage<?, ?> stage : stages) {
      stage.harness.close();
    }
  }

  /** One subtask of one operator. */
  private final class Stage<I, O> {
    final KeyedOneInputStreamOperatorTestHarness<?, I, O> harness;
    final Channel[] channels;
    private long watermark = NOTHING;

    <K> Stage(
        KeyedProcessFunction<K, I, O> function,
        KeySelector<I, K> key,
        TypeInformation<K> keyType,
        TypeInformation<O> type,
        int inputs,
        int subtask,
        OperatorSubtaskState state)
        throws Exception {
      var created =
          new KeyedOneInputStreamOperatorTestHarness<>(
              new KeyedProcessOperator<>(function), key, keyType, KEY_GROUPS, subtasks, subtask);
      created.setup(type.createSerializer(created.getExecutionConfig().getSerializerConfig()));
      if (state != null) {
        created.initializeState(state);
      }
      created.open();
      harness = created;
      channels = new Channel[inputs];
      Arrays.setAll(channels, any -> new Channel());
    }

    void accept(int channel, Object element) throws Exception {
      channels[channel].queue.add(element);
      take(channel);
    }

    @SuppressWarnings("unchecked") // channels hold what goes into this stage
    boolean take(int channel) throws Exception {
      if (channel >= channels.length) {
        return false;
      }
      Object element = channels[channel].queue.poll();
      if (element == null) {
        return false;
      }
      if (element instanceof Long time) {
        channels[channel].watermark = time;
        long lowest = Arrays.stream(channels).mapToLong(c -> c.watermark).min().orElseThrow();
        if (lowest > watermark) {
          watermark = lowest;
          harness.processWatermark(watermark);
        }
      } else {
        harness.processElement(new StreamRecord<>((I) element));
      }
      return true;
    }

    /** Records, and watermarks as numbers; what fan-out has for timelines as well. */
    List<Object> emitted() {
      List<Object> emitted = new ArrayList<>();
      Queue<StreamRecord<FeedWrite>> timelines = harness.getSideOutput(FanOut.TIMELINES);
      if (timelines != null) {
        timelines.forEach(write -> emitted.add(write.getValue()));
        timelines.clear();
      }
      for (Object output : harness.getOutput()) {
        if (output instanceof Watermark mark) {
          emitted.add(mark.getTimestamp());
        } else if (output instanceof StreamRecord<?> record) {
          emitted.add(record.getValue());
        }
      }
      harness.getOutput().clear();
      return emitted;
    }
  }

  /** Whether a later run has written where this one wanted to. */
  boolean isFenced() {
    return fenced;
  }

  /** Lets nothing out of the sinks for now. */
  void holdWrites(boolean hold) {
    held = hold;
  }

  /** Asks for a timeline, as a reader does that finds none. */
  void rewrite(Id author) {
    fanOut.get(subtask(author)).channels[0].queue.add(new AuthorInput.Rewrite(author));
  }

  /** Writes all that has come to the sinks. */
  void flush() {
    sinks.forEach(sink -> sink.write(Integer.MAX_VALUE));
  }

  /** The store has lost what was written last: each sink sends its last writes again. */
  void sendAgain() {
    List<Sink> order = new ArrayList<>(sinks);
    Collections.shuffle(order, new Random(random.nextLong()));
    order.forEach(sink -> sink.recent.forEach(store::apply));
  }

  /** Whether every sink could send again all that it has written since the store was copied. */
  boolean remembers() {
    return sinks.stream().allMatch(sink -> sink.since <= RECENT);
  }

  /** The store is copied. */
  void copied() {
    sinks.forEach(sink -> sink.since = 0);
  }

  /** One subtask of the sink, which tells progress when all before a watermark is written. */
  private final class Sink {
    final Queue<Object> queue = new ArrayDeque<>();
    final Queue<FeedWrite> recent = new ArrayDeque<>();
    int since;
    long written = NOTHING;

    /** The first few are in the hand of the writer, and stay as they are. */
    private void condense() {
      if (queue.size() > MAX_PENDING) {
        List<Object> all = new ArrayList<>(queue);
        int inHand = random.nextInt(MAX_PENDING / 2);
        queue.clear();
        queue.addAll(all.subList(0, inHand));
        List<FeedWrite> given = writes(all.subList(inHand, all.size()));
        if (!given.isEmpty()) {
          queue.addAll(new GiveUpFeeds().condense(given));
        }
        all.subList(inHand, all.size()).stream()
            .filter(Long.class::isInstance)
            .reduce((before, last) -> last)
            .ifPresent(queue::add);
      }
    }

    /** What a checkpoint keeps of what is not written. */
    List<FeedWrite> condensed() {
      List<FeedWrite> unsent = writes(queue);
      return unsent.isEmpty() ? unsent : new GiveUpFeeds().condense(unsent);
    }

    private static List<FeedWrite> writes(Collection<Object> some) {
      return some.stream().filter(FeedWrite.class::isInstance).map(FeedWrite.class::cast).toList();
    }

    boolean write(int most) {
      if (held) {
        return false;
      }
      if (store.away) {
        condense();
        return false;
      }
      int count = 0;
      while (!fenced && count < most && !queue.isEmpty()) {
        Object element = queue.poll();
        if (element instanceof FeedWrite write) {
          fenced = !store.apply(write);
          since++;
          recent.add(write);
          if (recent.size() > RECENT) {
            recent.remove();
          }
        } else {
          written = (Long) element;
          long passed = sinks.stream().mapToLong(s -> s.written).min().orElseThrow();
          if (passed > audienceSettings.startedAt() + audienceSettings.spreadMillis()) {
            progress = Math.max(progress, passed); // as the job's beats do
          }
        }
        count++;
      }
      return count > 0;
    }
  }

  private static final class FixedClock extends Clock {
    private final long millis;

    FixedClock(long millis) {
      this.millis = millis;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis);
    }
  }
}
