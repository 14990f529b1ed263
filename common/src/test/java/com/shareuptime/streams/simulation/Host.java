package com.shareuptime.streams.simulation;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.runtime.execution.Environment;
import org.apache.flink.runtime.io.disk.iomanager.IOManager;
import org.apache.flink.runtime.io.disk.iomanager.IOManagerAsync;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.runtime.tasks.StreamTask;
import org.apache.flink.streaming.util.MockStreamTask;
import org.apache.flink.streaming.util.MockStreamTaskBuilder;

/**
 * What Flink's operators ask of the task that they run in: where they are, and their settings. Dear
 * to make and without a memory, so one serves all subtasks of the same number and all histories.
 */
record Host(Environment environment, StreamTask<?, ?> task) {
  private static final Map<Long, Host> KNOWN = new HashMap<>();
  private static final IOManager IO = new IOManagerAsync();

  static synchronized Host of(ExecutionConfig config, int maxParallelism, int parallelism, int at)
      throws Exception {
    long key = ((long) maxParallelism << 32) | ((long) parallelism << 16) | at;
    Host known = KNOWN.get(key);
    if (known == null) {
      known = create(config, maxParallelism, parallelism, at);
      KNOWN.put(key, known);
    }
    return known;
  }

  @SuppressWarnings("deprecation") // the configuration of the job itself
  private static Host create(ExecutionConfig config, int maxParallelism, int parallelism, int at)
      throws Exception {
    var environment =
        new MockEnvironmentBuilder()
            .setTaskName("simulated")
            .setIOManager(IO)
            .setExecutionConfig(config)
            .setMaxParallelism(maxParallelism)
            .setParallelism(parallelism)
            .setSubtaskIndex(at)
            .build();
    MockStreamTask<?, ?> task =
        new MockStreamTaskBuilder(environment).setExecutionConfig(config).build();
    return new Host(environment, task);
  }
}
