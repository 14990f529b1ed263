package com.shareuptime.streams.version;

import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * One subtask of an operator that writes, as it draws its run number.
 *
 * @param job whose subtasks start together
 * @param writer the operator, among those of the job
 * @param index of the subtask
 * @param count how many subtasks share the keys
 */
public record WritingSubtask(String job, String writer, int index, int count) {

  /** The subtask that runs in {@code context}. */
  public static WritingSubtask of(RuntimeContext context, String writer) {
    return new WritingSubtask(
        context.getJobInfo().getJobName(),
        writer,
        context.getTaskInfo().getIndexOfThisSubtask(),
        context.getTaskInfo().getNumberOfParallelSubtasks());
  }
}
