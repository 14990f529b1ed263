package com.shareuptime.streams.simulation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * Where an operator's output goes: straight into the operators that are chained to it, and through
 * its serializer into the channels of others.
 */
final class Outlets implements Output<StreamRecord<Object>> {
  /** One edge of the topology, from one subtask. */
  private record Outlet(Topology.Edge edge, SimulatedOperator chained, Channel[] channels) {}

  private final Simulation simulation;
  private final int maxParallelism;
  private final List<Outlet> outlets = new ArrayList<>();
  private final DataOutputSerializer bytes = new DataOutputSerializer(64);
  private final DataInputDeserializer back = new DataInputDeserializer();

  Outlets(Simulation simulation, int maxParallelism) {
    this.simulation = simulation;
    this.maxParallelism = maxParallelism;
  }

  void chain(Topology.Edge edge, SimulatedOperator operator) {
    outlets.add(new Outlet(edge, operator, null));
  }

  void connect(Topology.Edge edge, Channel[] channels) {
    outlets.add(new Outlet(edge, null, channels));
  }

  @Override
  public void collect(StreamRecord<Object> record) {
    for (Outlet outlet : outlets) {
      if (outlet.edge.tag == null) {
        send(outlet, record);
      }
    }
  }

  @Override
  @SuppressWarnings("unchecked") // the tag says what it is
  public <X> void collect(OutputTag<X> tag, StreamRecord<X> record) {
    for (Outlet outlet : outlets) {
      if (tag.equals(outlet.edge.tag)) {
        send(outlet, (StreamRecord<Object>) record);
      }
    }
  }

  private void send(Outlet outlet, StreamRecord<Object> record) {
    if (outlet.chained != null) {
      outlet.chained.accept(outlet.edge.input, record);
      return;
    }
    Channel[] channels = outlet.channels;
    if (outlet.edge.routing == Topology.Routing.ALL) {
      for (Channel channel : channels) {
        channel.add(copy(outlet.edge, record));
      }
    } else {
      channels[choose(outlet.edge, channels.length, record)].add(copy(outlet.edge, record));
    }
  }

  private int choose(Topology.Edge edge, int channels, StreamRecord<Object> record) {
    if (channels == 1) {
      return 0;
    }
    if (edge.routing != Topology.Routing.BY_KEY) {
      return simulation.draw(channels);
    }
    try {
      return KeyGroupRangeAssignment.assignKeyToParallelOperator(
          edge.key.getKey(record.getValue()), maxParallelism, channels);
    } catch (Exception e) {
      throw new IllegalStateException("no key of " + record.getValue(), e);
    }
  }

  private StreamRecord<Object> copy(Topology.Edge edge, StreamRecord<Object> record) {
    try {
      bytes.clear();
      edge.serializer.serialize(record.getValue(), bytes);
      back.setBuffer(bytes.getSharedBuffer(), 0, bytes.length());
      Object copy = edge.serializer.deserialize(back);
      return record.hasTimestamp()
          ? new StreamRecord<>(copy, record.getTimestamp())
          : new StreamRecord<>(copy);
    } catch (IOException e) {
      throw new IllegalStateException("cannot send " + record.getValue(), e);
    }
  }

  void barrier(Channel.Barrier barrier) {
    for (Outlet outlet : outlets) {
      if (outlet.chained == null) {
        tellAll(outlet, barrier);
      }
    }
  }

  @Override
  public void emitWatermark(Watermark mark) {
    for (Outlet outlet : outlets) {
      if (outlet.chained != null) {
        outlet.chained.watermark(outlet.edge.input, mark);
      } else {
        tellAll(outlet, mark);
      }
    }
  }

  @Override
  public void emitWatermarkStatus(WatermarkStatus status) {
    for (Outlet outlet : outlets) {
      if (outlet.chained != null) {
        outlet.chained.status(outlet.edge.input, status);
      } else {
        tellAll(outlet, status);
      }
    }
  }

  private static void tellAll(Outlet outlet, Object element) {
    for (Channel channel : outlet.channels) {
      channel.add(element);
    }
  }

  @Override
  public void emitLatencyMarker(LatencyMarker marker) {}

  @Override
  public void emitRecordAttributes(RecordAttributes attributes) {}

  @Override
  public void close() {}
}
