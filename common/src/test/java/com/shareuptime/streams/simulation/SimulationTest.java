package com.shareuptime.streams.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.sink.CoalescingSink;
import com.shareuptime.streams.sink.Item;
import com.shareuptime.streams.sink.SinkOptions;
import com.shareuptime.streams.version.WritingRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

/** A job of two operators, so small that the harness itself is what is tested; and an example. */
class SimulationTest {
  private static final String STORE = "store";
  private static final int KEYS = 5;

  private static final SimulatedJob SUMS = new SimulatedJob(24, SimulationTest::build);

  private static void build(StreamExecutionEnvironment env) {
    var sums =
        SimulatedSource.of(
                env, "numbers", Types.LONG, WatermarkStrategy.<Long>forMonotonousTimestamps())
            .keyBy(number -> number % KEYS, Types.LONG)
            .process(new Sum())
            .returns(Item.TYPE)
            .uid("sum");
    new CoalescingSink<>(
            Item::key,
            Item::version,
            new StoreWriter(),
            SinkOptions.of("sums", STORE, Duration.ofMillis(100)))
        .write(sums)
        .uid("sink");
  }

  @Test
  void sumsAreRightAfterDeathsRestoresAndRescales() {
    Histories.check("sums", 300, SumHistory::new);
  }

  @Test
  void theSameSeedMakesTheSameHistory() throws Exception {
    List<List<String>> traces = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Simulation simulation = new Simulation(7, true);
      SumHistory history = new SumHistory(simulation);
      for (int step = 0; step < history.steps(); step++) {
        history.step();
      }
      history.settle();
      traces.add(simulation.trace());
    }
    assertThat(traces.get(0)).isEqualTo(traces.get(1)).hasSizeGreaterThan(20);
  }

  @Test
  void aFailureIsToldWithItsSeedAndItsShortestPrefix() {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> Histories.check("broken", 10, BrokenAtTheEleventhStep::new)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("-Dsimulation.history=0 -Dsimulation.steps=11");
  }

  private record BrokenAtTheEleventhStep(int[] count) implements Histories.History {
    BrokenAtTheEleventhStep(Simulation simulation) {
      this(new int[1]);
    }

    @Override
    public int steps() {
      return 40;
    }

    @Override
    public void step() {
      count[0]++;
    }

    @Override
    public void settle() {
      assertThat(count[0]).isLessThan(11);
    }
  }

  /** Sums by key, versioned by run and write. */
  private static final class Sum extends KeyedProcessFunction<Long, Long, Item>
      implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    private transient ValueState<Long> sum;
    private transient WritingRun run;

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
      sum = context.getKeyedStateStore().getState(new ValueStateDescriptor<>("sum", Types.LONG));
      run = WritingRun.after(context.getOperatorStateStore());
      run.begin(new SimulatedRunNumbers());
      run.note(context.getOperatorStateStore());
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {}

    @Override
    public void processElement(Long number, Context context, Collector<Item> out) throws Exception {
      long before = sum.value() == null ? 0 : sum.value();
      sum.update(before + number);
      out.collect(new Item("" + context.getCurrentKey(), run.nextVersion(), before + number));
    }
  }

  private static final class StoreWriter extends SimulatedWriter<Item> {
    private static final long serialVersionUID = 1L;

    @Override
    protected void apply(Item item, Simulation simulation) {
      SimulatedStore<String, Long> store = simulation.shared(STORE);
      boolean kept = store.write(item.key(), item.version(), item.value());
      simulation.note("%s = %d, %s", item.key(), item.value(), kept ? "kept" : "old");
    }
  }

  /** Numbers are appended; the job reads, dies, thaws and goes on, narrower or wider. */
  private static final class SumHistory implements Histories.History {
    private final Simulation simulation;
    private final SimulatedTopic<Long> topic;
    private final SimulatedStore<String, Long> store = new SimulatedStore<>();
    private final List<SimulatedCheckpoint> retained = new ArrayList<>();
    private final Map<String, Long> truth = new HashMap<>();
    private SimulatedRun run;
    private SimulatedRun dead;

    SumHistory(Simulation simulation) throws Exception {
      this.simulation = simulation;
      topic = new SimulatedTopic<>("numbers", 1 + simulation.draw(4));
      simulation.share(STORE, store);
      start();
    }

    private void start() throws Exception {
      SimulatedCheckpoint from =
          retained.isEmpty() ? null : retained.get(simulation.draw(retained.size()));
      run =
          SimulatedRun.start(
              simulation,
              SUMS,
              1 + simulation.draw(4),
              Map.of("numbers", List.of(topic)),
              from,
              SimulatedRun.StartOffset.EARLIEST);
    }

    @Override
    public int steps() {
      return 60;
    }

    @Override
    public void step() throws Exception {
      simulation.clock().advance(simulation.draw(50));
      switch (simulation.draw(8)) {
        case 0, 1, 2 -> {
          long number = 1 + simulation.draw(20);
          truth.merge("" + number % KEYS, number, Long::sum);
          topic.append(simulation.draw(topic.partitions()), number, simulation.now());
        }
        case 3 -> run.checkpoint();
        case 4 -> {
          if (dead != null) {
            dead.thaw(5);
          }
        }
        case 5 -> {
          if (simulation.oneIn(4)) {
            end();
            start();
          }
        }
        default -> run.steps(4);
      }
    }

    private void end() throws Exception {
      if (run.lastComplete() != null) {
        retained.add(run.lastComplete());
      }
      while (retained.size() > 2) {
        retained.remove(0);
      }
      if (simulation.oneIn(3)) {
        simulation.note("run freezes");
        dead = run;
      } else {
        run.die();
      }
    }

    @Override
    public void settle() throws Exception {
      for (int i = 0; i < 4; i++) {
        run.settle();
        simulation.clock().advance(200);
      }
      truth.forEach((key, sum) -> assertThat(store.get(key)).as("sum of %s", key).isEqualTo(sum));
    }
  }
}
