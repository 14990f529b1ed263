package com.shareuptime.streams.proof.stack;

import com.shareuptime.streams.local.stack.Server;
import picocli.CommandLine.Parameters;

/** One server of the local stack, by its name. */
public final class ServerMixin {
  @Parameters(
      paramLabel = "NAME",
      description =
          "postgres, kafka, redis, opensearch, zookeeper, jobmanager, taskmanager or"
              + " taskmanager-2.")
  private String name;

  Server server() {
    return Server.named(name);
  }
}
