package com.shareuptime.streams.feeds.archive;

import com.shareuptime.streams.option.PostgresAddress;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The archive job for tests of other packages, as its {@code main} puts it together. */
public final class RunningArchive {
  private RunningArchive() {}

  public static JobClient start(Configuration options, Path checkpoints) throws Exception {
    Configuration cluster = new Configuration();
    cluster.setString("execution.checkpointing.interval", "500 ms");
    cluster.setString("execution.checkpointing.dir", checkpoints.toUri().toString());
    cluster.setString("pipeline.generic-types", "false");
    cluster.setString("pipeline.object-reuse", "true");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, cluster);
    FeedArchiveJob.build(
        FeedArchiveJob.deliveries(env, options), PostgresAddress.sink(options).idKinds(), options);
    return env.executeAsync(FeedArchiveJob.NAME);
  }
}
