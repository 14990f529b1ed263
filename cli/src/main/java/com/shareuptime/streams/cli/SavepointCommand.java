package com.shareuptime.streams.cli;

import com.shareuptime.streams.cli.job.Jobs;
import picocli.CommandLine.Command;

@Command(
    name = "savepoint",
    description = "Write the state of a running job to a savepoint and print its path.")
final class SavepointCommand extends JobCommand {
  @Override
  void act(String name, Jobs jobs) {
    say(jobs.savepoint(name));
  }
}
