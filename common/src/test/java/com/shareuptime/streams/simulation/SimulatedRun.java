package com.shareuptime.streams.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/**
 * One execution of a job, from a start or restore to its death. Nothing happens in it but by {@link
 * #step} and {@link #settle}.
 *
 * <p>A run that is no longer stepped is frozen: stepped again by {@link #thaw} after another has
 * taken over, it does what a process does that was stopped for longer than every time-out.
 */
public final class SimulatedRun {
  private final Simulation simulation;
  private final Map<String, List<SimulatedTopic<?>>> sources;
  private final List<SimulatedTask> tasks = new ArrayList<>();
  private final List<SimulatedTask> readers = new ArrayList<>();
  private final int parallelism;
  private final CheckpointIds ids;
  private SimulatedCheckpoint pending;
  private SimulatedCheckpoint complete;
  private SimulatedTask opening;

  /** Numbers of checkpoints go on through all runs. */
  static final class CheckpointIds {
    private long last;

    long next() {
      return ++last;
    }
  }

  private static final ThreadLocal<SimulatedRun> OPENING = new ThreadLocal<>();

  private SimulatedRun(
      Simulation simulation, int parallelism, Map<String, List<SimulatedTopic<?>>> sources) {
    this.simulation = simulation;
    this.parallelism = parallelism;
    this.sources = sources;
    this.ids = simulation.checkpointIds();
  }

  /**
   * Starts a job.
   *
   * @param sources the topics of each {@link SimulatedSource}
   * @param from where to go on, whatever the parallelism was; null for a start without state
   * @param fresh where to begin to read what no checkpoint knows
   */
  public static SimulatedRun start(
      Simulation simulation,
      SimulatedJob job,
      int parallelism,
      Map<String, List<SimulatedTopic<?>>> sources,
      SimulatedCheckpoint from,
      StartOffset fresh)
      throws Exception {
    simulation.note(
        "run starts, parallelism %d, from %s",
        parallelism, from == null ? "nothing" : "checkpoint " + from.id);
    var run = new SimulatedRun(simulation, parallelism, sources);
    run.build(job.topology(parallelism), from, fresh);
    return run;
  }

  /** Where a source begins in a partition that it has not read before. */
  @FunctionalInterface
  public interface StartOffset {
    /** From the beginning. */
    StartOffset EARLIEST = (source, topic, partition) -> 0;

    /** The offset of the first record that is read. */
    int of(String source, SimulatedTopic<?> topic, int partition);
  }

  Simulation simulation() {
    return simulation;
  }

  /** How many subtasks its operators have. */
  public int parallelism() {
    return parallelism;
  }

  /** For a writer that opens: the thread that it is to be called on. */
  static WriterThread threadOfOpening() {
    return OPENING.get().opening.thread();
  }

  private void build(Topology topology, SimulatedCheckpoint from, StartOffset fresh)
      throws Exception {
    Map<Topology.Node, SimulatedTask[]> heads = new HashMap<>();
    Map<Topology.Node, SimulatedOperator[]> operators = new HashMap<>();
    Map<Topology.Node, SourceReader[]> sourceReaders = new HashMap<>();
    for (Topology.Node node : topology.nodes()) {
      if (node.head) {
        SimulatedTask[] subtasks = new SimulatedTask[node.parallelism];
        for (int i = 0; i < subtasks.length; i++) {
          Host host = Host.of(topology.config(), topology.maxParallelism(), node.parallelism, i);
          subtasks[i] = new SimulatedTask(this, topology, host, node.uid, i);
          subtasks[i].inputs(node.channels);
          tasks.add(subtasks[i]);
        }
        heads.put(node, subtasks);
        chain(topology, node, subtasks, operators, sourceReaders);
      }
    }
    for (Topology.Node node : topology.nodes()) {
      for (Topology.Edge edge : node.out) {
        connect(edge, heads, operators, sourceReaders);
      }
    }
    open(topology, from, operators);
    assign(topology, from, fresh, sourceReaders);
  }

  private void chain(
      Topology topology,
      Topology.Node node,
      SimulatedTask[] subtasks,
      Map<Topology.Node, SimulatedOperator[]> operators,
      Map<Topology.Node, SourceReader[]> sourceReaders) {
    if (node.factory == null) {
      SourceReader[] made = new SourceReader[subtasks.length];
      for (int i = 0; i < made.length; i++) {
        made[i] = new SourceReader(node.source, new Outlets(simulation, topology.maxParallelism()));
        subtasks[i].read(made[i]);
        readers.add(subtasks[i]);
      }
      sourceReaders.put(node, made);
    } else {
      SimulatedOperator[] made = new SimulatedOperator[subtasks.length];
      for (int i = 0; i < made.length; i++) {
        made[i] =
            new SimulatedOperator(
                node, subtasks[i], new Outlets(simulation, topology.maxParallelism()));
        subtasks[i].add(made[i]);
      }
      operators.put(node, made);
    }
    for (Topology.Edge edge : node.out) {
      if (edge.chained) {
        chain(topology, edge.to, subtasks, operators, sourceReaders);
      }
    }
  }

  private static void connect(
      Topology.Edge edge,
      Map<Topology.Node, SimulatedTask[]> heads,
      Map<Topology.Node, SimulatedOperator[]> operators,
      Map<Topology.Node, SourceReader[]> sourceReaders) {
    for (int from = 0; from < edge.from.parallelism; from++) {
      Outlets outlets =
          edge.from.factory == null
              ? sourceReaders.get(edge.from)[from].outlets()
              : operators.get(edge.from)[from].outlets;
      if (edge.chained) {
        outlets.chain(edge, operators.get(edge.to)[from]);
      } else if (edge.routing == Topology.Routing.SAME) {
        outlets.connect(
            edge, new Channel[] {heads.get(edge.to)[from].channel(edge.input, edge.firstChannel)});
      } else {
        Channel[] channels = new Channel[edge.to.parallelism];
        for (int to = 0; to < channels.length; to++) {
          channels[to] = heads.get(edge.to)[to].channel(edge.input, edge.firstChannel + from);
        }
        outlets.connect(edge, channels);
      }
    }
  }

  /** Last of a chain first, as Flink does it. */
  private void open(
      Topology topology,
      SimulatedCheckpoint from,
      Map<Topology.Node, SimulatedOperator[]> operators)
      throws Exception {
    OPENING.set(this);
    OptionalLong checkpoint = from == null ? OptionalLong.empty() : OptionalLong.of(from.id);
    Map<String, OperatorSubtaskState> packed = new HashMap<>();
    for (SimulatedTask task : tasks) {
      opening = task;
      List<SimulatedOperator> chain = task.operators();
      for (int i = chain.size() - 1; i >= 0; i--) {
        SimulatedOperator operator = chain.get(i);
        operator.open(state(topology, from, packed, operator.node, task.index()), checkpoint);
      }
    }
    opening = null;
    OPENING.remove();
  }

  private static OperatorSubtaskState state(
      Topology topology,
      SimulatedCheckpoint from,
      Map<String, OperatorSubtaskState> packed,
      Topology.Node node,
      int subtask)
      throws Exception {
    OperatorSubtaskState[] old = from == null ? null : from.states.get(node.uid);
    if (old == null) {
      return null;
    }
    OperatorSubtaskState all = packed.get(node.uid);
    if (all == null) {
      all = AbstractStreamOperatorTestHarness.repackageState(old);
      packed.put(node.uid, all);
    }
    return AbstractStreamOperatorTestHarness.repartitionOperatorState(
        all, topology.maxParallelism(), old.length, node.parallelism, subtask);
  }

  private void assign(
      Topology topology,
      SimulatedCheckpoint from,
      StartOffset fresh,
      Map<Topology.Node, SourceReader[]> sourceReaders) {
    for (Topology.Node node : topology.nodes()) {
      SourceReader[] subtasks = sourceReaders.get(node);
      if (node.ended) {
        for (SourceReader reader : subtasks) {
          reader.end();
        }
      }
      if (node.source == null) {
        continue;
      }
      String source = node.source.name();
      for (SimulatedTopic<?> topic : sources.getOrDefault(source, List.of())) {
        String key = source + "/" + topic.name();
        int[] known = from == null ? null : from.positions.get(key);
        int first = simulation.draw(subtasks.length);
        for (int p = 0; p < topic.partitions(); p++) {
          boolean read = known != null && p < known.length && known[p] >= 0;
          subtasks[(first + p) % subtasks.length].add(
              topic, key, p, read ? known[p] : fresh.of(source, topic, p));
        }
      }
      for (SourceReader reader : subtasks) {
        reader.start();
      }
    }
  }

  /** One thing happens, of all that can. */
  public void step() throws Exception {
    int kind = simulation.draw(8);
    if (kind == 0) {
      SimulatedTask task = readers.get(simulation.draw(readers.size()));
      task.reader().tick();
    } else if (kind <= 3) {
      read();
    } else {
      move();
    }
  }

  /** All watermark generators look at the clock, which they do some five times a second. */
  public void tick() {
    for (SimulatedTask task : readers) {
      task.reader().tick();
    }
  }

  /** So many things happen. */
  public void steps(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      step();
    }
  }

  private void read() {
    int first = simulation.draw(readers.size());
    for (int i = 0; i < readers.size(); i++) {
      if (readers.get((first + i) % readers.size()).reader().read(simulation)) {
        return;
      }
    }
  }

  private boolean move() throws Exception {
    int first = simulation.draw(tasks.size());
    for (int i = 0; i < tasks.size(); i++) {
      SimulatedTask task = tasks.get((first + i) % tasks.size());
      if (task.hasWork()) {
        task.work();
        return true;
      }
    }
    return false;
  }

  /** All that can happen at this time does: topics are read to their ends, and channels empty. */
  public void settle() throws Exception {
    boolean again = true;
    while (again) {
      again = false;
      for (SimulatedTask task : readers) {
        while (task.reader().read(simulation)) {
          again = true;
        }
        task.reader().tick();
      }
      again |= flow();
    }
  }

  /** All that is under way arrives; nothing is read. */
  private boolean flow() throws Exception {
    boolean moved = false;
    boolean again = true;
    while (again) {
      again = false;
      for (SimulatedTask task : tasks) {
        while (task.hasWork()) {
          task.work();
          again = true;
        }
      }
      moved |= again;
    }
    return moved;
  }

  /** Something of a dead run happens: what was under way in it goes on, and nothing is read. */
  public void thaw(int count) throws Exception {
    for (int i = 0; i < count && move(); i++) {}
  }

  /** Begins a checkpoint, unless one is under way. */
  public void checkpoint() {
    if (pending != null) {
      return;
    }
    pending = new SimulatedCheckpoint(ids.next());
    pending.tasksLeft = tasks.size();
    for (Map.Entry<String, List<SimulatedTopic<?>>> source : sources.entrySet()) {
      for (SimulatedTopic<?> topic : source.getValue()) {
        int[] unread = new int[topic.partitions()];
        Arrays.fill(unread, -1);
        pending.positions.put(source.getKey() + "/" + topic.name(), unread);
      }
    }
    for (SimulatedTask reader : readers) {
      reader.trigger(pending.id);
    }
  }

  /** The same, and all that is under way happens until it is complete. */
  public SimulatedCheckpoint completeCheckpoint() throws Exception {
    while (pending != null && move()) {}
    checkpoint();
    SimulatedCheckpoint wanted = pending;
    while (!wanted.isComplete()) {
      if (!move()) {
        throw new IllegalStateException("checkpoint " + wanted.id + " is stuck");
      }
    }
    return wanted;
  }

  /** The newest complete checkpoint of this run, null if there is none. */
  public SimulatedCheckpoint lastComplete() {
    return complete;
  }

  void acknowledge(SimulatedTask task, long checkpoint, OperatorSubtaskState[] states) {
    if (pending == null || pending.id != checkpoint) {
      throw new IllegalStateException("checkpoint " + checkpoint + " is not under way");
    }
    for (int i = 0; i < states.length; i++) {
      Topology.Node node = task.operators().get(i).node;
      pending
              .states
              .computeIfAbsent(node.uid, any -> new OperatorSubtaskState[node.parallelism])[
              task.index()] =
          states[i];
    }
    if (task.reader() != null) {
      task.reader().note(pending);
    }
    if (--pending.tasksLeft == 0) {
      complete = pending;
      pending = null;
      simulation.note("checkpoint %d is complete", complete.id);
      for (SimulatedTask each : tasks) {
        each.complete(complete.id);
      }
    }
  }

  /** How many keys a state of an operator holds, in all of its subtasks. */
  public long keys(String uid, String state) {
    long keys = 0;
    for (SimulatedTask task : tasks) {
      for (SimulatedOperator operator : task.operators()) {
        if (operator.node.uid.equals(uid)) {
          keys += operator.keys(state);
        }
      }
    }
    return keys;
  }

  /** The processes end at once: a write that was under way may have come half through. */
  public void die() throws Exception {
    simulation.note("run dies");
    for (SimulatedTask task : tasks) {
      task.die();
    }
  }
}
