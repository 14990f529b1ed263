package com.shareuptime.streams.proof.stack;

import com.shareuptime.streams.cli.output.Output;
import com.shareuptime.streams.cli.output.Report;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Port;
import com.shareuptime.streams.local.stack.Ports;
import com.shareuptime.streams.local.stack.Server;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "env",
    description = {
      "Print addresses of what is running, one KEY=value a line, e.g. for: eval"
          + " \"$(./streams env)\".",
      "POSTGRES_URL holds the local stack's generated password."
    })
/** Part of {@code ./streams}. */
public final class EnvCommand implements Callable<Integer> {
  private final HomeStack local = new HomeStack();
  @Mixin private Report report;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    LocalStack stack = local.running();
    Map<String, String> environment = new LinkedHashMap<>();
    if (stack.isRunning(Server.POSTGRES)) {
      environment.put(
          "POSTGRES_URL",
          stack
              .postgresUrl()
              .replace("://", "://" + stack.postgresUser() + ":" + stack.postgresPassword() + "@"));
    }
    if (stack.isRunning(Server.KAFKA)) {
      environment.put("KAFKA_BOOTSTRAP", stack.kafkaBootstrap());
    }
    if (stack.isRunning(Server.REDIS)) {
      environment.put("REDIS_URL", stack.redisUrl());
    }
    if (stack.isRunning(Server.OPENSEARCH)) {
      environment.put("OPENSEARCH_URL", stack.openSearchUrl());
    }
    if (stack.isRunning(Server.JOBMANAGER)) {
      environment.put("FLINK_URL", stack.flinkUrl());
    }
    if (!Ports.isFree(stack.ports().of(Port.CONSOLE))) {
      environment.put("CONSOLE_URL", stack.consoleUrl());
    }
    PrintWriter out = spec.commandLine().getOut();
    if (report.asJson()) {
      out.println(Output.json(environment));
    } else {
      environment.forEach((key, value) -> out.println(key + "=" + value));
    }
    return 0;
  }
}
