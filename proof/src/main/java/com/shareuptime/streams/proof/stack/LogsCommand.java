package com.shareuptime.streams.proof.stack;

import com.shareuptime.streams.cli.job.Await;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.local.stack.LogTail;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.local.stack.StackHome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "logs",
    description = "Show the log of a server of the local stack; the jobs log to taskmanager's.")
/** Part of {@code ./streams}. */
public final class LogsCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(250);

  private final HomeStack local = new HomeStack();
  @Spec private CommandSpec spec;

  @Mixin private ServerMixin named;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "N",
      defaultValue = "200",
      description = "Show the last N lines (default: ${DEFAULT-VALUE}).")
  private int lines;

  @Option(
      names = {"-f", "--follow"},
      description = "Follow the log until Ctrl-C.")
  private boolean follow;

  @Override
  public Integer call() throws IOException {
    Server server = named.server();
    StackHome home = local.stack().home();
    Path log = home.log(server);
    PrintWriter out = spec.commandLine().getOut();
    if (!Files.exists(log) && !Files.exists(home.printed(server))) {
      throw CommandException.wrong(
          server.id() + " has no log yet: " + log, "Start it: ./streams start " + server.id());
    }
    LogTail.lines(home.printed(server), lines).forEach(out::println);
    long end = Files.exists(log) ? Files.size(log) : 0;
    LogTail.lines(log, lines).forEach(out::println);
    out.flush();
    while (follow) {
      end = printFrom(log, end, out);
      Await.pause(POLL);
    }
    return 0;
  }

  /** Prints what stands after {@code from}, from the beginning if the file has been rolled over. */
  private static long printFrom(Path log, long from, PrintWriter out) throws IOException {
    if (!Files.exists(log)) {
      return 0;
    }
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long begin = file.length() < from ? 0 : from;
      byte[] news = new byte[(int) Math.min(file.length() - begin, 1 << 20)];
      file.seek(begin);
      file.readFully(news);
      out.print(new String(news, StandardCharsets.UTF_8));
      out.flush();
      return begin + news.length;
    }
  }
}
