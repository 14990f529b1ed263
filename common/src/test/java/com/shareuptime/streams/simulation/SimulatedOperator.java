package com.shareuptime.streams.simulation;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;
import org.apache.flink.runtime.state.AsyncKeyedStateBackend;
import org.apache.flink.runtime.state.CheckpointableKeyedStateBackend;
import org.apache.flink.runtime.state.DefaultOperatorStateBackendBuilder;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyGroupStatePartitionStreamProvider;
import org.apache.flink.runtime.state.KeyedStateBackendParametersImpl;
import org.apache.flink.runtime.state.OperatorStateBackend;
import org.apache.flink.runtime.state.StatePartitionStreamProvider;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.runtime.state.memory.MemCheckpointStreamFactory;
import org.apache.flink.runtime.state.ttl.TtlTimeProvider;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.Input;
import org.apache.flink.streaming.api.operators.InternalTimeServiceManager;
import org.apache.flink.streaming.api.operators.InternalTimeServiceManagerImpl;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFinalizer;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.StreamOperatorStateContext;
import org.apache.flink.streaming.api.operators.StreamTaskStateInitializer;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.operators.YieldingOperatorFactory;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeServiceAware;
import org.apache.flink.streaming.runtime.tasks.StreamTaskCancellationContext;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.CloseableIterable;
import org.apache.flink.util.InstantiationUtil;

/**
 * A real operator of one subtask: set up, restored, fed and snapshot as Flink's task does it, with
 * state on the heap.
 */
final class SimulatedOperator {
  private static final ClassLoader LOADER = SimulatedOperator.class.getClassLoader();
  private static final HashMapStateBackend BACKEND = new HashMapStateBackend();
  private static final MemCheckpointStreamFactory MEMORY = new MemCheckpointStreamFactory(64 << 20);
  private static final CheckpointOptions OPTIONS =
      CheckpointOptions.forCheckpointWithDefaultLocation();
  private static final MetricGroup NO_METRICS =
      UnregisteredMetricGroups.createUnregisteredOperatorMetricGroup();

  final Topology.Node node;
  final Outlets outlets;
  private final SimulatedTask task;
  private StreamOperator<Object> operator;
  private Input<Object> one;
  private TwoInputStreamOperator<Object, Object, Object> two;

  SimulatedOperator(Topology.Node node, SimulatedTask task, Outlets outlets) {
    this.node = node;
    this.task = task;
    this.outlets = outlets;
  }

  /** Makes the operator, restores it and opens it. */
  @SuppressWarnings("unchecked") // what comes in is what the topology says
  void open(OperatorSubtaskState state, OptionalLong checkpoint) throws Exception {
    StreamOperatorFactory<Object> factory =
        InstantiationUtil.deserializeObject(node.factory, LOADER);
    if (factory instanceof YieldingOperatorFactory<?> yielding) {
      yielding.setMailboxExecutor(task.mailbox());
    }
    if (factory instanceof ProcessingTimeServiceAware aware) {
      aware.setProcessingTimeService(task.time());
    }
    operator =
        factory.createStreamOperator(
            new StreamOperatorParameters<>(
                task.host().task(), node.config, outlets, task::time, null, task.mailbox()));
    if (node.twoInputs) {
      two = (TwoInputStreamOperator<Object, Object, Object>) operator;
    } else {
      one = (Input<Object>) operator;
    }
    operator.initializeState(new Restore(state, checkpoint));
    operator.open();
  }

  void accept(int input, StreamRecord<Object> record) {
    try {
      if (two == null) {
        one.setKeyContextElement(record);
        one.processElement(record);
      } else if (input == 0) {
        two.setKeyContextElement1(record);
        two.processElement1(record);
      } else {
        two.setKeyContextElement2(record);
        two.processElement2(record);
      }
    } catch (Exception e) {
      throw failed("a record " + record.getValue(), e);
    }
  }

  void watermark(int input, Watermark mark) {
    try {
      if (two == null) {
        one.processWatermark(mark);
      } else if (input == 0) {
        two.processWatermark1(mark);
      } else {
        two.processWatermark2(mark);
      }
    } catch (Exception e) {
      throw failed("watermark " + mark.getTimestamp(), e);
    }
  }

  void status(int input, WatermarkStatus status) {
    try {
      if (two == null) {
        one.processWatermarkStatus(status);
      } else if (input == 0) {
        two.processWatermarkStatus1(status);
      } else {
        two.processWatermarkStatus2(status);
      }
    } catch (Exception e) {
      throw failed(status.toString(), e);
    }
  }

  private IllegalStateException failed(String what, Exception e) {
    return new IllegalStateException(node.uid + " failed at " + what, e);
  }

  void prepareSnapshot(long checkpoint) throws Exception {
    operator.prepareSnapshotPreBarrier(checkpoint);
  }

  OperatorSubtaskState snapshot(long checkpoint, long now) throws Exception {
    return new OperatorSnapshotFinalizer(operator.snapshotState(checkpoint, now, OPTIONS, MEMORY))
        .getJobManagerOwnedState();
  }

  void complete(long checkpoint) throws Exception {
    operator.notifyCheckpointComplete(checkpoint);
  }

  void close() throws Exception {
    operator.close();
  }

  long keys(String state) {
    try (Stream<Object> keys =
        ((AbstractStreamOperator<?>) operator)
            .<Object>getKeyedStateBackend()
            .getKeys(state, VoidNamespace.INSTANCE)) {
      return keys.count();
    }
  }

  /** Gives an operator its state, empty or restored. */
  private final class Restore implements StreamTaskStateInitializer {
    private final OperatorSubtaskState state;
    private final OptionalLong checkpoint;

    Restore(OperatorSubtaskState state, OptionalLong checkpoint) {
      this.state = state;
      this.checkpoint = checkpoint;
    }

    @Override
    public StreamOperatorStateContext streamOperatorStateContext(
        OperatorID id,
        String name,
        ProcessingTimeService time,
        KeyContext keys,
        TypeSerializer<?> keySerializer,
        CloseableRegistry closeables,
        MetricGroup metrics,
        double memory,
        boolean customRawKeyedState)
        throws Exception {
      OperatorStateBackend operatorState =
          new DefaultOperatorStateBackendBuilder(
                  LOADER,
                  task.topology().config(),
                  false,
                  state == null ? List.of() : state.getManagedOperatorState().asList(),
                  closeables)
              .build();
      CheckpointableKeyedStateBackend<?> keyedState =
          keySerializer == null ? null : keyedState(keySerializer, closeables);
      InternalTimeServiceManager<?> timers =
          keyedState == null ? null : timers(keyedState, keys, time);
      return new StateContext(checkpoint, operatorState, keyedState, timers);
    }

    private <K> CheckpointableKeyedStateBackend<K> keyedState(
        TypeSerializer<K> serializer, CloseableRegistry closeables) throws Exception {
      int groups = task.topology().maxParallelism();
      KeyGroupRange range =
          KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
              groups, node.parallelism, task.index());
      return BACKEND.createKeyedStateBackend(
          new KeyedStateBackendParametersImpl<>(
              task.host().environment(),
              new JobID(0, 0),
              node.uid,
              serializer,
              groups,
              range,
              null,
              TtlTimeProvider.DEFAULT,
              NO_METRICS,
              state == null ? List.of() : state.getManagedKeyedState().asList(),
              closeables));
    }

    private <K> InternalTimeServiceManager<K> timers(
        CheckpointableKeyedStateBackend<K> keyedState, KeyContext keys, ProcessingTimeService time)
        throws Exception {
      return InternalTimeServiceManagerImpl.create(
          UnregisteredMetricGroups.createUnregisteredTaskMetricGroup().getIOMetricGroup(),
          keyedState,
          LOADER,
          keys,
          time,
          List.of(),
          StreamTaskCancellationContext.alwaysRunning());
    }
  }

  /** What an operator is initialized from. */
  private record StateContext(
      OptionalLong getRestoredCheckpointId,
      OperatorStateBackend operatorStateBackend,
      CheckpointableKeyedStateBackend<?> keyedStateBackend,
      InternalTimeServiceManager<?> internalTimerServiceManager)
      implements StreamOperatorStateContext {
    @Override
    public AsyncKeyedStateBackend asyncKeyedStateBackend() {
      return null;
    }

    @Override
    public CloseableIterable<StatePartitionStreamProvider> rawOperatorStateInputs() {
      return CloseableIterable.empty();
    }

    @Override
    public CloseableIterable<KeyGroupStatePartitionStreamProvider> rawKeyedStateInputs() {
      return CloseableIterable.empty();
    }
  }
}
