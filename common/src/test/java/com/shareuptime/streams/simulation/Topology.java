package com.shareuptime.streams.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.streaming.api.graph.StreamConfig;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.api.graph.StreamingJobGraphGenerator;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.operators.SourceOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamSource;
import org.apache.flink.streaming.runtime.partitioner.BroadcastPartitioner;
import org.apache.flink.streaming.runtime.partitioner.ForwardPartitioner;
import org.apache.flink.streaming.runtime.partitioner.KeyGroupStreamPartitioner;
import org.apache.flink.streaming.runtime.partitioner.StreamPartitioner;
import org.apache.flink.util.OutputTag;

/** What Flink has planned for a job at one parallelism. */
final class Topology {
  /** How records choose among the subtasks that an edge leads to. */
  enum Routing {
    /** Of the same number; in the same task where it is chained. */
    SAME,
    BY_KEY,
    ALL,
    /** Whichever: what Flink deals out in turn may come to any. */
    ANY
  }

  /** A stream from one operator to another. */
  static final class Edge {
    Node from;
    Node to;
    int input;
    OutputTag<?> tag;
    boolean chained;
    Routing routing;
    KeySelector<Object, Object> key;
    TypeSerializer<Object> serializer;

    /** Of its channels at the receiver: the first one's number within the input. */
    int firstChannel;
  }

  /** An operator, or a source, which has no factory. */
  static final class Node {
    final String uid;
    final int parallelism;
    final List<Edge> out = new ArrayList<>();
    final int[] channels = {0, 0};
    SimulatedSource<?> source;

    /** A source that has nothing. */
    boolean ended;

    byte[] factory;
    NodeConfig config;
    boolean head = true;
    boolean twoInputs;

    Node(String uid, int parallelism) {
      this.uid = uid;
      this.parallelism = parallelism;
    }
  }

  /** Hands out objects instead of reading them from bytes for each operator. */
  static final class NodeConfig extends StreamConfig {
    private static final long serialVersionUID = 1L;

    private final transient KeySelector<?, ?>[] keys;
    private final transient TypeSerializer<?> keySerializer;

    NodeConfig(StreamNode node) {
      super(new Configuration());
      keys = node.getStatePartitioners();
      keySerializer = node.getStateKeySerializer();
    }

    @Override
    @SuppressWarnings("unchecked") // as declared by Flink
    public <I, K extends java.io.Serializable> KeySelector<I, K> getStatePartitioner(
        int input, ClassLoader loader) {
      return input < keys.length ? (KeySelector<I, K>) keys[input] : null;
    }

    @Override
    @SuppressWarnings("unchecked") // as declared by Flink
    public <K> TypeSerializer<K> getStateKeySerializer(ClassLoader loader) {
      return keySerializer == null ? null : (TypeSerializer<K>) keySerializer.duplicate();
    }
  }

  private final List<Node> nodes = new ArrayList<>();
  private final ExecutionConfig config;
  private final int maxParallelism;

  Topology(
      StreamGraph graph,
      ExecutionConfig config,
      int maxParallelism,
      Set<String> ended,
      UnaryOperator<Object> replacement)
      throws Exception {
    this.config = config;
    this.maxParallelism = maxParallelism;
    Map<Integer, Node> byId = new HashMap<>();
    List<StreamNode> planned = new ArrayList<>(graph.getStreamNodes());
    planned.sort((one, other) -> Integer.compare(one.getId(), other.getId()));
    for (StreamNode node : planned) {
      Node made = node(node, ended, replacement);
      byId.put(node.getId(), made);
      nodes.add(made);
    }
    for (StreamNode node : planned) {
      for (StreamEdge edge : node.getInEdges()) {
        connect(graph, byId, edge);
      }
    }
  }

  List<Node> nodes() {
    return nodes;
  }

  ExecutionConfig config() {
    return config;
  }

  int maxParallelism() {
    return maxParallelism;
  }

  private static Node node(StreamNode node, Set<String> ended, UnaryOperator<Object> replacement)
      throws Exception {
    String uid =
        node.getTransformationUID() != null ? node.getTransformationUID() : node.getOperatorName();
    Node made = new Node(uid, node.getParallelism());
    if (ended.contains(uid)) {
      made.ended = true;
      return made;
    }
    if (node.getOperatorFactory() instanceof SimpleOperatorFactory<?> simple
        && simple.getOperator() instanceof StreamSource<?, ?> source) {
      if (!(source.getUserFunction() instanceof SimulatedSource<?> simulated)) {
        throw new IllegalArgumentException(uid + " is a source, and not a simulated one");
      }
      made.source = simulated;
      return made;
    }
    if (node.getOperatorFactory() instanceof SourceOperatorFactory) {
      throw new IllegalArgumentException(uid + " is a source, and not a simulated one");
    }
    made.factory = serialize(node.getOperatorFactory(), replacement);
    made.config = new NodeConfig(node);
    made.config.setOperatorID(new OperatorID());
    made.config.setOperatorName(node.getOperatorName());
    made.config.setCheckpointingEnabled(true);
    made.config.serializeAllConfigs();
    return made;
  }

  private static byte[] serialize(Object factory, UnaryOperator<Object> replacement)
      throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new OnSimulatedTime(bytes, replacement)) {
      out.writeObject(factory);
    }
    return bytes.toByteArray();
  }

  /** Gives operators that were handed the system's clock the history's. */
  private static final class OnSimulatedTime extends ObjectOutputStream {
    private final UnaryOperator<Object> replacement;

    OnSimulatedTime(ByteArrayOutputStream bytes, UnaryOperator<Object> replacement)
        throws IOException {
      super(bytes);
      this.replacement = replacement;
      enableReplaceObject(true);
    }

    @Override
    protected Object replaceObject(Object object) {
      return object instanceof Clock ? new SimulatedClock.OfCurrent() : replacement.apply(object);
    }
  }

  @SuppressWarnings("unchecked") // types are Flink's to check
  private void connect(StreamGraph graph, Map<Integer, Node> byId, StreamEdge planned) {
    Edge edge = new Edge();
    edge.from = byId.get(planned.getSourceId());
    edge.to = byId.get(planned.getTargetId());
    edge.input = Math.max(0, planned.getTypeNumber() - 1);
    edge.tag = planned.getOutputTag();
    edge.chained = StreamingJobGraphGenerator.isChainable(planned, graph);
    edge.serializer =
        (TypeSerializer<Object>)
            (edge.tag == null
                ? graph.getStreamNode(planned.getSourceId()).getTypeSerializerOut()
                : edge.tag.getTypeInfo().createSerializer(config.getSerializerConfig()));
    StreamPartitioner<?> partitioner = planned.getPartitioner();
    if (partitioner instanceof KeyGroupStreamPartitioner<?, ?>) {
      edge.routing = Routing.BY_KEY;
      edge.key =
          (KeySelector<Object, Object>)
              graph.getStreamNode(planned.getTargetId()).getStatePartitioners()[edge.input];
    } else if (partitioner instanceof BroadcastPartitioner) {
      edge.routing = Routing.ALL;
    } else if (partitioner instanceof ForwardPartitioner
        && edge.from.parallelism == edge.to.parallelism) {
      edge.routing = Routing.SAME;
    } else {
      edge.routing = Routing.ANY;
    }
    edge.to.twoInputs |= planned.getTypeNumber() == 2;
    if (edge.chained) {
      edge.to.head = false;
    } else {
      edge.firstChannel = edge.to.channels[edge.input];
      edge.to.channels[edge.input] += edge.routing == Routing.SAME ? 1 : edge.from.parallelism;
    }
    edge.from.out.add(edge);
  }
}
