package com.shareuptime.streams.cli;

import com.shareuptime.streams.cli.job.Jobs;
import com.shareuptime.streams.cli.option.RunOptions;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.CommandException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "upgrade",
    description = {
      "Replace a running job by its newly built jar: stop with a savepoint, start from it.",
      "Also changes parallelism and options. Keeps what was given before by --set and",
      "--parallelism, unless it is given again."
    })
final class UpgradeCommand extends JobCommand {
  @Mixin private RunOptions run;

  @Override
  void act(String name, Jobs jobs) {
    OptionalInt given = run.parallelism();
    Map<String, String> kept = new LinkedHashMap<>(jobs.lastGiven(name));
    kept.keySet().removeAll(run.overrides().keySet());
    Settings settings = settings().given(kept).given(run.overrides());
    OptionalInt width = given.isPresent() ? given : jobs.lastParallelism(name);
    jobs.requireJar(name);
    kept.forEach((key, value) -> say("as before: " + key + "=" + value));
    String savepoint = jobs.stop(name);
    say("stopped with savepoint " + savepoint);
    try {
      start(jobs, settings, Optional.of(savepoint), width);
    } catch (CommandException e) {
      throw CommandException.wrong(
          "The new run of '" + name + "' does not start: " + e.getMessage(),
          "Fix it, or build the former version again, then: ./streams submit %s --from %s"
              .formatted(name, savepoint));
    }
  }
}
