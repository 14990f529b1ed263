package com.shareuptime.streams.ingest;

import com.shareuptime.streams.ingest.mapping.IngestModel;
import com.shareuptime.streams.ingest.slot.SlotSource;
import com.shareuptime.streams.ingest.topic.TopicsSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job on a cluster of its own within this JVM, checkpointing five times a second. */
final class RunningIngest implements AutoCloseable {
  private final MiniCluster cluster;
  private final JobID job;
  private final Path checkpoints;

  private RunningIngest(MiniCluster cluster, JobID job, Path checkpoints) {
    this.cluster = cluster;
    this.job = job;
    this.checkpoints = checkpoints;
  }

  /** Starts without state: a fresh snapshot. */
  static RunningIngest fresh(IngestOptions options) throws Exception {
    return start(options, null);
  }

  /** Starts from a retained checkpoint. */
  static RunningIngest from(Path checkpoint, IngestOptions options) throws Exception {
    return start(options, checkpoint);
  }

  private static RunningIngest start(IngestOptions options, Path checkpoint) throws Exception {
    Path folder = Files.createTempDirectory("ingest-checkpoints-");
    Configuration flink = configuration(folder, checkpoint);
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(flink)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(1)
                .withRandomPorts()
                .build());
    cluster.start();
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(flink);
    IngestModel model = recorded(options);
    IngestJob.build(
        env,
        SlotSource.of(options, model.tables()),
        Failures.on(TopicsSink.sink(options)),
        options,
        model);
    var graph = env.getStreamGraph();
    graph.setJobName("ingest");
    JobID job = cluster.submitJob(graph.getJobGraph()).get(60, TimeUnit.SECONDS).getJobID();
    return new RunningIngest(cluster, job, folder);
  }

  private static IngestModel recorded(IngestOptions options) throws SQLException {
    try (Connection connection = options.source().connect()) {
      return IngestModel.read(connection);
    }
  }

  static Configuration configuration(Path checkpoints, Path restored) {
    Configuration flink = new Configuration();
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
    flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    flink.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 2);
    flink.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(200));
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(PipelineOptions.MAX_PARALLELISM, 720);
    if (restored != null) {
      flink.set(StateRecoveryOptions.SAVEPOINT_PATH, restored.toUri().toString());
    }
    return flink;
  }

  JobStatus status() throws Exception {
    return cluster.getJobStatus(job).get(10, TimeUnit.SECONDS);
  }

  /** How often the job has been started again. */
  int restarts() throws Exception {
    return cluster
        .getExecutionGraph(job)
        .get(10, TimeUnit.SECONDS)
        .getAllExecutionVertices()
        .iterator()
        .next()
        .getCurrentExecutionAttempt()
        .getAttemptNumber();
  }

  /** Why the job has ended, once it has. */
  Throwable failure() throws Exception {
    return cluster
        .requestJobResult(job)
        .get(180, TimeUnit.SECONDS)
        .getSerializedThrowable()
        .orElseThrow()
        .deserializeError(getClass().getClassLoader());
  }

  /** The newest complete checkpoint of the job. */
  Optional<Path> lastCheckpoint() throws Exception {
    return lastCheckpoint(checkpoints.resolve(job.toString()));
  }

  /** How many checkpoints have been completed. */
  long checkpoints() throws Exception {
    return lastCheckpoint()
        .map(path -> Long.parseLong(path.getFileName().toString().substring(4)))
        .orElse(0L);
  }

  static Optional<Path> lastCheckpoint(Path folder) throws Exception {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> path.getFileName().toString().startsWith("chk-"))
          .filter(path -> Files.exists(path.resolve("_metadata")))
          .max(
              Comparator.comparingLong(
                  path -> Long.parseLong(path.getFileName().toString().substring(4))));
    }
  }

  /** Cancels the job and leaves its last checkpoint. */
  @Override
  public void close() throws Exception {
    if (!status().isGloballyTerminalState()) {
      cluster.cancelJob(job).get(60, TimeUnit.SECONDS);
      cluster.requestJobResult(job).get(60, TimeUnit.SECONDS);
    }
    cluster.close();
  }
}
