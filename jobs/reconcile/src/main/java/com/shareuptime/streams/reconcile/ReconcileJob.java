package com.shareuptime.streams.reconcile;

import com.shareuptime.streams.option.OpenSearchAddress;
import com.shareuptime.streams.option.OptionException;
import com.shareuptime.streams.option.OptionLoader;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.reconcile.compare.Comparison;
import com.shareuptime.streams.reconcile.document.DocumentIds;
import com.shareuptime.streams.reconcile.plan.BucketPlan;
import com.shareuptime.streams.reconcile.run.EndRun;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Compares the product's tables with the surfaces that readers see, and writes down what is proven
 * to differ. Bounded: it ends when all is compared. Changes no surface.
 *
 * <pre>
 * buckets ─ compare ─ end the run
 *              └─ streams.reconcile_buckets, reconcile_findings, reconcile_results
 * </pre>
 */
public final class ReconcileJob {
  /** The job's name in the web UI. */
  public static final String NAME = "reconcile";

  private ReconcileJob() {}

  /**
   * Submits the job; arguments are {@code --config FILE} and {@code --key value}.
   *
   * @throws OptionException if an option is wrong, or a server lacks what the job needs
   */
  public static void main(String[] args) throws Exception {
    Configuration options = OptionLoader.load(args, ReconcileOptions.OPTIONS.all());
    Comparison.Settings settings = ReconcileOptions.settings(options);
    BucketPlan plan =
        BucketPlan.of(
            PostgresAddress.source(options),
            PostgresAddress.sink(options),
            new DocumentIds(OpenSearchAddress.of(options)),
            ReconcileOptions.surfaces(options),
            ReconcileOptions.selection(options));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.configure(oneRun());
    build(env, plan, settings, options);
    env.execute(NAME);
  }

  /** What is compared is in Postgres: there is nothing to checkpoint, and an end to trying. */
  private static Configuration oneRun() {
    Configuration configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 20);
    configuration.setString("restart-strategy.fixed-delay.delay", "5 s");
    return configuration;
  }

  /** Puts the diagram together; starts nothing. */
  static void build(
      StreamExecutionEnvironment env,
      BucketPlan plan,
      Comparison.Settings settings,
      Configuration options) {
    env.getCheckpointConfig().disableCheckpointing();
    env.fromSequence(0, Math.max(plan.buckets().size(), 1) - 1)
        .name("buckets")
        .uid("buckets")
        .transform("compare", Types.LONG, new CompareBuckets(plan, settings, options))
        .uid("compare")
        .transform(
            "end the run",
            Types.LONG,
            new EndRun(PostgresAddress.sink(options), plan.run(), plan.kinds()))
        .uid("end-run")
        .setParallelism(1)
        .sinkTo(new DiscardingSink<>())
        .name("nothing")
        .uid("nothing")
        .setParallelism(1);
  }
}
