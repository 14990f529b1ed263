package com.shareuptime.streams.sink;

import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.runtime.taskexecutor.GlobalAggregateManager;

/**
 * Asks the job manager, which numbers the attempts of a task as it starts them, for the highest
 * number that has asked. A task that was frozen before it took anything over learns so that another
 * has begun meanwhile; the job manager of a job that has ended does not answer.
 */
final class AttemptRegister implements SinkTask.NewestAttempt {
  private final GlobalAggregateManager jobManager;
  private final String task;
  private final int attempt;

  /**
   * @param task the same for all attempts of a task, another for each task
   */
  AttemptRegister(GlobalAggregateManager jobManager, String task, int attempt) {
    this.jobManager = jobManager;
    this.task = task;
    this.attempt = attempt;
  }

  @Override
  public void require() throws Exception {
    int newest = jobManager.updateGlobalAggregate(task, attempt, new Highest());
    if (newest > attempt) {
      throw new SupersededException(
          "attempt %d of %s woke up after attempt %d had begun".formatted(attempt, task, newest),
          null);
    }
  }

  private static final class Highest implements AggregateFunction<Integer, Integer, Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    public Integer createAccumulator() {
      return 0;
    }

    @Override
    public Integer add(Integer number, Integer highest) {
      return Math.max(number, highest);
    }

    @Override
    public Integer getResult(Integer highest) {
      return highest;
    }

    @Override
    public Integer merge(Integer one, Integer other) {
      return Math.max(one, other);
    }
  }
}
