package com.shareuptime.streams.testing;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointException;
import org.apache.flink.util.ExceptionUtils;

/** What a job leaves when it stops, for the next to start from. */
public final class Savepoint {
  private Savepoint() {}

  /**
   * Stops a job with one, as soon as all of its tasks run: while some still start, Flink declines,
   * and the job goes on.
   *
   * @return its path
   */
  public static String stop(JobClient job, Path folder) {
    return await("a savepoint")
        .atMost(Duration.ofSeconds(90))
        .ignoreExceptionsMatching(Savepoint::isDeclined)
        .until(
            () ->
                job.stopWithSavepoint(
                        false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
                    .get(),
            Objects::nonNull);
  }

  private static boolean isDeclined(Throwable failure) {
    return ExceptionUtils.findThrowable(failure, CheckpointException.class).isPresent();
  }
}
