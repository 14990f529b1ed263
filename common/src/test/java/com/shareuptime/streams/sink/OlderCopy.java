package com.shareuptime.streams.sink;

import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import java.io.IOException;
import java.nio.file.Path;

/** The files of a server as they once were, as a backup or a replica that was behind has them. */
public final class OlderCopy {
  private final LocalStack stack;
  private final Server server;
  private final Path copy;

  private OlderCopy(LocalStack stack, Server server, Path copy) {
    this.stack = stack;
    this.server = server;
    this.copy = copy;
  }

  /** Copies what a server has now; it is stopped meanwhile. */
  public static OlderCopy of(LocalStack stack, Server server, Path folder)
      throws IOException, InterruptedException {
    OlderCopy taken = new OlderCopy(stack, server, folder.resolve(server.id()));
    stack.stop(server);
    run("cp", "-a", taken.data(), taken.copy.toString());
    stack.start(server);
    return taken;
  }

  /** The server is killed, and comes back with what it had then. */
  public void putBack() throws IOException, InterruptedException {
    stack.kill(server);
    run("rm", "-rf", data());
    run("cp", "-a", copy.toString(), data());
    stack.start(server);
  }

  private String data() {
    return stack.home().data(server).toString();
  }

  private static void run(String... command) throws IOException, InterruptedException {
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
  }
}
