package com.shareuptime.streams.reconcile;

import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.reconcile.compare.Comparison;
import com.shareuptime.streams.reconcile.plan.BucketPlan;
import com.shareuptime.streams.reconcile.plan.IdBucket;
import com.shareuptime.streams.reconcile.run.RunRecord;
import com.shareuptime.streams.reconcile.run.SinkDatabase;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Compares the buckets whose places in the plan come in, and looks at what differs until it is
 * settled. Passes each place on. What is compared is written down at once: after a failure the run
 * goes on with the rest.
 */
final class CompareBuckets extends AbstractStreamOperator<Long>
    implements OneInputStreamOperator<Long, Long>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  /** Between two looks at all suspects: most of them were only late. */
  private static final long LOOK_NANOS = 1_000_000_000;

  private final List<IdBucket> buckets;
  private final long run;
  private final IdKinds kinds;
  private final Comparison.Settings settings;
  private final Configuration options;

  private transient SinkDatabase sink;
  private transient RunRecord record;
  private transient Comparisons comparisons;
  private transient long lastLook;

  CompareBuckets(BucketPlan plan, Comparison.Settings settings, Configuration options) {
    this.buckets = List.copyOf(plan.buckets());
    this.run = plan.run();
    this.kinds = plan.kinds();
    this.settings = settings;
    this.options = options;
  }

  @Override
  public void open() throws Exception {
    super.open();
    sink = new SinkDatabase(PostgresAddress.sink(options));
    record = new RunRecord(sink, run, kinds);
    comparisons = new Comparisons(settings, options, kinds, sink, record);
    lastLook = System.nanoTime();
  }

  @Override
  public void processElement(StreamRecord<Long> place) throws Exception {
    compare(place.getValue().intValue());
    if (System.nanoTime() - lastLook > LOOK_NANOS) {
      comparisons.look();
      lastLook = System.nanoTime();
    }
    output.collect(place);
  }

  /** A plan may be empty, a sequence may not. */
  private void compare(int place) throws Exception {
    if (place < buckets.size() && !record.isCompared(buckets.get(place))) {
      comparisons.of(buckets.get(place).scope()).compare(buckets.get(place));
    }
  }

  @Override
  public void endInput() throws Exception {
    while (comparisons.look() > 0) {
      Thread.sleep(LOOK_NANOS / 1_000_000);
    }
  }

  @Override
  public void close() throws Exception {
    if (comparisons != null) {
      comparisons.close();
      sink.close();
    }
    super.close();
  }
}
