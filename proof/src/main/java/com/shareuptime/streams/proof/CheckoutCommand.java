package com.shareuptime.streams.proof;

import com.shareuptime.streams.cli.StreamsCommand;
import com.shareuptime.streams.proof.check.command.CheckCommand;
import com.shareuptime.streams.proof.demo.DemoCommand;
import com.shareuptime.streams.proof.stack.DownCommand;
import com.shareuptime.streams.proof.stack.EnvCommand;
import com.shareuptime.streams.proof.stack.KillCommand;
import com.shareuptime.streams.proof.stack.LogsCommand;
import com.shareuptime.streams.proof.stack.StartCommand;
import com.shareuptime.streams.proof.stack.StatusCommand;
import com.shareuptime.streams.proof.stack.UpCommand;
import com.shareuptime.streams.proof.traffic.command.TrafficCommand;
import picocli.CommandLine;

/** The command of a checkout: the operator's, and what needs the local stack. */
public final class CheckoutCommand {
  private CheckoutCommand() {}

  public static void main(String[] arguments) {
    StreamsCommand.run(commandLine(), arguments);
  }

  /** The whole command, ready to execute. */
  public static CommandLine commandLine() {
    return StreamsCommand.commandLine(
        DemoCommand.class,
        TrafficCommand.class,
        CheckCommand.class,
        UpCommand.class,
        DownCommand.class,
        StatusCommand.class,
        LogsCommand.class,
        EnvCommand.class,
        KillCommand.class,
        StartCommand.class);
  }
}
