package com.shareuptime.streams.cli.option;

import com.shareuptime.streams.contract.CommandException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** What a run of a job is given key by key. */
public final class RunOptions {
  /** Key groups of the jobs' state: no job runs wider. */
  private static final int WIDEST = 720;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = {
        "Parallelism of the job. Default: as given before to a job that is upgraded, or",
        "parallelism.default of the cluster.",
        "Its sources run no wider than their topics have partitions."
      })
  private Integer parallelism;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set one option of the job, e.g. --set counters.mode=cdc. May be repeated.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  public Map<String, String> overrides() {
    return overrides;
  }

  /** Empty where it is not given. */
  public OptionalInt parallelism() {
    if (parallelism == null) {
      return OptionalInt.empty();
    }
    if (parallelism < 1 || parallelism > WIDEST) {
      throw CommandException.usage(
          "--parallelism is " + parallelism + ".", "Give a number from 1 to " + WIDEST + ".");
    }
    return OptionalInt.of(parallelism);
  }
}
