package com.shareuptime.streams.proof.stack;

import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "start",
    description = "Start one server of the local stack with its data and wait until it is healthy.")
/** Part of {@code ./streams}. */
public final class StartCommand implements Callable<Integer> {
  private final HomeStack local = new HomeStack();
  @Spec private CommandSpec spec;

  @Mixin private ServerMixin named;

  @Override
  public Integer call() {
    Server server = named.server();
    LocalStack stack = local.stack();
    boolean ran = stack.isRunning(server);
    stack.start(server);
    spec.commandLine()
        .getOut()
        .println(server.id() + (ran ? " runs already: " : " is well: ") + stack.address(server));
    return 0;
  }
}
