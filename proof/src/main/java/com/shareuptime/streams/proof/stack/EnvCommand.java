package com.shareuptime.streams.proof.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.shareuptime.streams.cli.output.Output;
import com.shareuptime.streams.cli.output.Report;
import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Port;
import com.shareuptime.streams.local.stack.Ports;
import com.shareuptime.streams.local.stack.Server;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "env",
    description = {
      "Print addresses of what is running, one KEY=value a line, e.g. for: eval"
          + " \"$(./streams env)\".",
      "POSTGRES_URL holds the local stack's generated password. SOURCE_URL, of `up --source`, has",
      "none."
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
    put(environment, "POSTGRES_URL", Server.POSTGRES, () -> postgresUrl(stack));
    if (stack.home().source().isAttached()) {
      environment.put("SOURCE_URL", sourceUrl(stack.home().source().addresses()));
    }
    put(environment, "KAFKA_BOOTSTRAP", Server.KAFKA, stack::kafkaBootstrap);
    put(environment, "REDIS_URL", Server.REDIS, stack::redisUrl);
    put(environment, "OPENSEARCH_URL", Server.OPENSEARCH, stack::openSearchUrl);
    put(environment, "FLINK_URL", Server.JOBMANAGER, stack::flinkUrl);
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

  private void put(
      Map<String, String> environment, String key, Server server, Supplier<String> address) {
    if (local.stack().isRunning(server)) {
      environment.put(key, address.get());
    }
  }

  /** Without the password, which is the product's. */
  private static String sourceUrl(Map<String, String> source) {
    String user = URLEncoder.encode(source.get(AddressKeys.SOURCE_USER), UTF_8);
    return source
        .get(AddressKeys.SOURCE_URL)
        .substring("jdbc:".length())
        .replaceFirst("://", "://" + user + "@");
  }

  private static String postgresUrl(LocalStack stack) {
    return stack
        .postgresUrl()
        .replace("://", "://" + stack.postgresUser() + ":" + stack.postgresPassword() + "@");
  }
}
