package com.shareuptime.streams.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.io.PushingAsyncDataInput;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.streaming.runtime.watermarkstatus.StatusWatermarkValve;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.clock.Clock;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * One subtask of a chain of operators: its channels, its timers, its mailbox, and the threads of
 * its writers. Whatever it can do next is one piece of work, and which it is to be is drawn.
 */
final class SimulatedTask {
  private final SimulatedRun run;
  private final Topology topology;
  private final Host host;
  private final String name;
  private final int index;
  private final List<SimulatedOperator> operators = new ArrayList<>();
  private final List<Channel> channels = new ArrayList<>();
  private final List<Channel> ready = new ArrayList<>();
  private final StatusWatermarkValve[] valves = new StatusWatermarkValve[2];
  private final HeadOutput[] inputs = {new HeadOutput(0), new HeadOutput(1)};
  private final Time time = new Time();
  private final Mailbox mailbox = new Mailbox();
  private final ArrayDeque<ThrowingRunnable<? extends Exception>> mails = new ArrayDeque<>();
  private final List<WriterThread> threads = new ArrayList<>();
  private SourceReader reader;
  private int barriers;
  private long triggered;

  SimulatedTask(SimulatedRun run, Topology topology, Host host, String uid, int index) {
    this.run = run;
    this.topology = topology;
    this.host = host;
    this.name = uid + "[" + index + "]";
    this.index = index;
  }

  String name() {
    return name;
  }

  int index() {
    return index;
  }

  Topology topology() {
    return topology;
  }

  Host host() {
    return host;
  }

  ProcessingTimeService time() {
    return time;
  }

  MailboxExecutor mailbox() {
    return mailbox;
  }

  List<SimulatedOperator> operators() {
    return operators;
  }

  void add(SimulatedOperator operator) {
    operators.add(operator);
  }

  void read(SourceReader from) {
    reader = from;
  }

  SourceReader reader() {
    return reader;
  }

  void inputs(int[] numbers) {
    for (int i = 0; i < 2; i++) {
      valves[i] = numbers[i] == 0 ? null : new StatusWatermarkValve(numbers[i]);
    }
  }

  Channel channel(int input, int number) {
    Channel channel = new Channel(this, input, number);
    channels.add(channel);
    return channel;
  }

  void isReady(Channel channel) {
    ready.add(channel);
  }

  WriterThread thread() {
    WriterThread thread = new WriterThread(run.simulation());
    threads.add(thread);
    return thread;
  }

  /** Whether there is anything to do here without more time, but for reading a source. */
  boolean hasWork() {
    return !ready.isEmpty()
        || !mails.isEmpty()
        || triggered != 0
        || time.isDue()
        || hasThreadWork();
  }

  private boolean hasThreadWork() {
    for (WriterThread thread : threads) {
      if (thread.hasWork()) {
        return true;
      }
    }
    return false;
  }

  /** Does one thing of what can be done, by draw. */
  void work() throws Exception {
    int first = run.simulation().draw(5);
    for (int i = 0; i < 5; i++) {
      if (work((first + i) % 5)) {
        return;
      }
    }
  }

  private boolean work(int kind) throws Exception {
    switch (kind) {
      case 0, 1 -> {
        return deliver();
      }
      case 2 -> {
        return mail();
      }
      case 3 -> {
        return write();
      }
      default -> {
        return barrierOfSource() || time.fire();
      }
    }
  }

  /** Takes some elements of one channel. */
  private boolean deliver() throws Exception {
    if (ready.isEmpty()) {
      return false;
    }
    int at = run.simulation().draw(ready.size());
    Channel channel = ready.get(at);
    for (int left = 1 + run.simulation().draw(4); left > 0 && !channel.blocked; left--) {
      Object element = channel.poll();
      if (element == null) {
        break;
      }
      take(channel, element);
    }
    if (!channel.blocked && channel.isEmpty()) {
      ready.remove(channel);
    }
    return true;
  }

  @SuppressWarnings("unchecked") // channels hold what the topology says
  private void take(Channel channel, Object element) throws Exception {
    run.simulation().detail(name, element);
    if (element instanceof StreamRecord<?> record) {
      operators.get(0).accept(channel.input, (StreamRecord<Object>) record);
    } else if (element instanceof Watermark mark) {
      valves[channel.input].inputWatermark(mark, channel.number, inputs[channel.input]);
    } else if (element instanceof WatermarkStatus status) {
      valves[channel.input].inputWatermarkStatus(status, channel.number, inputs[channel.input]);
    } else {
      align(channel, (Channel.Barrier) element);
    }
  }

  private void align(Channel channel, Channel.Barrier barrier) throws Exception {
    channel.blocked = true;
    ready.remove(channel);
    if (++barriers < channels.size()) {
      return;
    }
    barriers = 0;
    snapshot(barrier.checkpoint());
    for (Channel each : channels) {
      each.blocked = false;
      if (!each.isEmpty()) {
        ready.add(each);
      }
    }
  }

  /** A source gets to know of the checkpoint some time after it was decided on. */
  void trigger(long checkpoint) {
    triggered = checkpoint;
  }

  private boolean barrierOfSource() throws Exception {
    if (triggered == 0) {
      return false;
    }
    long checkpoint = triggered;
    triggered = 0;
    snapshot(checkpoint);
    return true;
  }

  private void snapshot(long checkpoint) throws Exception {
    Channel.Barrier barrier = new Channel.Barrier(checkpoint);
    for (SimulatedOperator operator : operators) {
      operator.prepareSnapshot(checkpoint);
    }
    if (reader != null) {
      reader.outlets().barrier(barrier);
    }
    for (SimulatedOperator operator : operators) {
      operator.outlets.barrier(barrier);
    }
    OperatorSubtaskState[] states = new OperatorSubtaskState[operators.size()];
    for (int i = 0; i < states.length; i++) {
      states[i] = operators.get(i).snapshot(checkpoint, time.getCurrentProcessingTime());
    }
    run.acknowledge(this, checkpoint, states);
  }

  /** Tells of a complete checkpoint, at some time to come. */
  void complete(long checkpoint) {
    mails.add(
        () -> {
          for (SimulatedOperator operator : operators) {
            operator.complete(checkpoint);
          }
        });
  }

  private boolean mail() throws Exception {
    ThrowingRunnable<? extends Exception> mail = mails.poll();
    if (mail == null) {
      return false;
    }
    mail.run();
    return true;
  }

  private boolean write() {
    for (WriterThread thread : threads) {
      if (thread.run()) {
        return true;
      }
    }
    return false;
  }

  /** A crash: a write that is under way ends in the middle. */
  void die() throws Exception {
    for (WriterThread thread : threads) {
      thread.die();
    }
    for (SimulatedOperator operator : operators) {
      operator.close();
    }
  }

  boolean fireTimers() throws Exception {
    return time.fire();
  }

  /** What goes into the first operator of the chain when the watermark of an input moves. */
  private final class HeadOutput implements PushingAsyncDataInput.DataOutput<Object> {
    private final int input;

    HeadOutput(int input) {
      this.input = input;
    }

    @Override
    public void emitRecord(StreamRecord<Object> record) {
      throw new IllegalStateException("valves have no records");
    }

    @Override
    public void emitWatermark(Watermark mark) {
      operators.get(0).watermark(input, mark);
    }

    @Override
    public void emitWatermarkStatus(WatermarkStatus status) {
      operators.get(0).status(input, status);
    }

    @Override
    public void emitLatencyMarker(LatencyMarker marker) {}

    @Override
    public void emitRecordAttributes(RecordAttributes attributes) {}
  }

  /** The task's mailbox. Who waits for mail lets the writers go on. */
  private final class Mailbox implements MailboxExecutor {
    @Override
    public void execute(
        MailOptions options,
        ThrowingRunnable<? extends Exception> command,
        String format,
        Object... arguments) {
      mails.add(command);
    }

    @Override
    public void yield() {
      if (!tryYield()) {
        throw new IllegalStateException(name + " waits for mail that never comes");
      }
    }

    @Override
    public boolean tryYield() {
      try {
        return mail() || write() && mail();
      } catch (Exception e) {
        throw new IllegalStateException(name + " failed at a mail", e);
      }
    }

    @Override
    public boolean shouldInterrupt() {
      return false;
    }
  }

  /** Timers in processing time: due ones are work like other work. */
  private final class Time implements ProcessingTimeService {
    private record Timer(
        long at, long order, ProcessingTimeCallback callback, CompletableFuture<Void> done)
        implements ScheduledFuture<Void> {
      @Override
      public int compareTo(Delayed other) {
        Timer that = (Timer) other;
        int byTime = Long.compare(at, that.at);
        return byTime != 0 ? byTime : Long.compare(order, that.order);
      }

      @Override
      public long getDelay(TimeUnit unit) {
        return 0;
      }

      @Override
      public boolean cancel(boolean interrupts) {
        return done.cancel(interrupts);
      }

      @Override
      public boolean isCancelled() {
        return done.isCancelled();
      }

      @Override
      public boolean isDone() {
        return done.isDone();
      }

      @Override
      public Void get() {
        throw new UnsupportedOperationException();
      }

      @Override
      public Void get(long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException();
      }
    }

    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private long order;

    boolean isDue() {
      Timer first = timers.peek();
      return first != null && first.at <= getCurrentProcessingTime();
    }

    boolean fire() throws Exception {
      if (!isDue()) {
        return false;
      }
      Timer timer = timers.poll();
      if (!timer.isCancelled()) {
        timer.done.complete(null);
        timer.callback.onProcessingTime(timer.at);
      }
      return true;
    }

    @Override
    public long getCurrentProcessingTime() {
      return run.simulation().now();
    }

    @Override
    public Clock getClock() {
      return run.simulation().clock();
    }

    @Override
    public ScheduledFuture<?> registerTimer(long at, ProcessingTimeCallback callback) {
      Timer timer = new Timer(at, order++, callback, new CompletableFuture<>());
      timers.add(timer);
      return timer;
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(
        ProcessingTimeCallback callback, long delay, long period) {
      return registerTimer(
          getCurrentProcessingTime() + delay,
          at -> {
            callback.onProcessingTime(at);
            scheduleAtFixedRate(callback, period, period);
          });
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
        ProcessingTimeCallback callback, long delay, long period) {
      return scheduleAtFixedRate(callback, delay, period);
    }

    @Override
    public CompletableFuture<Void> quiesce() {
      timers.clear();
      return CompletableFuture.completedFuture(null);
    }
  }
}
