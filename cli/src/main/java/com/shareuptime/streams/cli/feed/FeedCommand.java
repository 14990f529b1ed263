package com.shareuptime.streams.cli.feed;

import com.shareuptime.streams.cli.option.ServersMixin;
import com.shareuptime.streams.cli.output.Report;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.server.TypedId;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.client.FeedReader;
import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "feed",
    description = {
      "Show a page of a user's feed as services read it.",
      "With --explain: where each entry came from, and whether the page equals that of the tables.",
      "With --rebuild: ask the feeds job to write again what Redis should hold."
    })
public final class FeedCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Parameters(arity = "0..1", paramLabel = "USER", description = "Id of the user.")
  private String user;

  @Option(
      names = "--page",
      paramLabel = "N",
      defaultValue = "1",
      description = "Show this page, from 1 on. Default: 1.")
  private int page;

  @Option(
      names = "--size",
      paramLabel = "N",
      defaultValue = "20",
      description = "Entries per page, 1 to 500. Default: 20.")
  private int size;

  @Option(
      names = "--explain",
      description = {
        "Show where each entry came from, and compare the page with SQL over the tables.",
        "Exit 1 if they differ though feeds.redis has passed all that SQL saw."
      })
  private boolean explain;

  @ArgGroup(exclusive = true)
  private Rebuild rebuild;

  @Mixin private ServersMixin servers;
  @Mixin private Report report;
  @Spec private CommandSpec spec;

  private static final class Rebuild {
    @Option(names = "--rebuild", description = "Rebuild this user's feed.")
    private boolean one;

    @Option(
        names = "--rebuild-all",
        description = "Rebuild every feed and timeline, e.g. after FLUSHALL.")
    private boolean all;
  }

  @Override
  public Integer call() {
    verifyUsage();
    Settings settings = servers.settings();
    return rebuild == null ? show(settings) : rebuild(settings);
  }

  private void verifyUsage() {
    boolean isForAll = rebuild != null && rebuild.all;
    if (user == null && !isForAll) {
      throw CommandException.usage("No user is given.", "Give an id: ./streams feed 7");
    }
    if (user != null && isForAll) {
      throw CommandException.usage(
          "--rebuild-all is for everybody, not for user " + user + ".",
          "Give --rebuild, or leave the user out.");
    }
    if (page < 1) {
      throw CommandException.usage("--page is " + page + ".", "Pages are counted from 1 on.");
    }
    if (size < 1 || size > FeedReader.LARGEST_PAGE) {
      throw CommandException.usage(
          "--size is " + size + ".", "Give a number from 1 to " + FeedReader.LARGEST_PAGE + ".");
    }
  }

  private int rebuild(Settings settings) {
    Rebuilds rebuilds = new Rebuilds(settings);
    Rebuilds.Sent sent = rebuild.all ? rebuilds.all() : rebuilds.user(id(kinds(settings)));
    report.print(
        sent,
        () ->
            "Asked the feeds job for %,d feeds and %,d timelines; it rebuilds them one by one."
                .formatted(sent.feeds(), sent.timelines()));
    return 0;
  }

  private static IdKinds kinds(Settings settings) {
    return Database.sink(settings).entities();
  }

  private Id id(IdKinds kinds) {
    return TypedId.read(user, kinds.users());
  }

  private int show(Settings settings) {
    IdKinds kinds = kinds(settings);
    Id id = id(kinds);
    FeedView view;
    try (Pages pages = new Pages(settings, kinds, PATIENCE)) {
      view = explain ? pages.compared(id, page, size) : pages.page(id, page, size);
    }
    int exitCode = report.print(view);
    if (view.isAway()) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(
          "streams: Redis at " + settings.require(AddressKeys.REDIS_URL) + " did not answer.");
      err.println("The page is that of the tables. Check ./streams status.");
      return CommandException.UNREACHABLE;
    }
    return exitCode;
  }
}
