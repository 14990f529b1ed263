package com.shareuptime.streams.simulation;

import com.shareuptime.streams.sink.BatchWriter;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.apache.flink.metrics.MetricGroup;

/**
 * The writer of a sink into a store of the test's own. A write happens at once when its turn comes;
 * of one that is under way when the process ends, some has arrived.
 *
 * @param <T> what is written
 */
public abstract class SimulatedWriter<T> implements BatchWriter<T> {
  private static final long serialVersionUID = 1L;

  private transient WriterThread thread;
  private transient Simulation simulation;

  /** Applies one value to the store, which {@link Simulation#shared} finds. */
  protected abstract void apply(T value, Simulation simulation);

  @Override
  public ExecutorService thread(String name) {
    return thread;
  }

  @Override
  public void open(MetricGroup metrics) {
    thread = SimulatedRun.threadOfOpening();
    simulation = Simulation.current();
  }

  @Override
  public List<Rejection<T>> write(List<T> batch) throws Exception {
    int arrives = thread.isDying() ? simulation.draw(batch.size() + 1) : batch.size();
    for (T value : batch.subList(0, arrives)) {
      apply(value, simulation);
    }
    if (thread.isDying()) {
      throw new InterruptedException();
    }
    return List.of();
  }

  @Override
  public void close() {}
}
