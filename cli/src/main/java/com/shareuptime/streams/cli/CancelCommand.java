package com.shareuptime.streams.cli;

import com.shareuptime.streams.cli.job.Jobs;
import picocli.CommandLine.Command;

@Command(
    name = "cancel",
    description =
        "End a job at once. Its newest checkpoint stays; a later `submit` starts from it.")
final class CancelCommand extends JobCommand {
  @Override
  void act(String name, Jobs jobs) {
    jobs.cancel(name);
    say(name + " cancelled");
  }
}
