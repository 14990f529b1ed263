package com.shareuptime.streams.cli.explain;

import com.shareuptime.streams.cli.explain.user.UserExplanation;
import com.shareuptime.streams.cli.job.TimeSpan;
import com.shareuptime.streams.cli.option.ServersMixin;
import com.shareuptime.streams.cli.output.Answer;
import com.shareuptime.streams.cli.output.Report;
import com.shareuptime.streams.cli.output.ShellWord;
import com.shareuptime.streams.cli.server.ControlTopic;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.server.TypedId;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.control.ControlMessage;
import com.shareuptime.streams.contract.control.ControlMessage.Refresh;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "explain",
    description = {
      "Explain a count, a document or a feed: show what the product's tables, each read model",
      "and the newest records of Kafka have of a post, reel or user, and which of them is wrong.",
      "Exit 1 if one is."
    })
public final class ExplainCommand implements Callable<Integer> {
  private static final List<String> OWNERS =
      List.of(ControlMessage.COUNTERS, ControlMessage.SEARCH);

  @Parameters(
      index = "0",
      paramLabel = "TYPE",
      description = "post, reel or user, or what else the model counts for.")
  private String type;

  @Parameters(index = "1", paramLabel = "ID", description = "Id of its row.")
  private String id;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = {
        "Wait so long for each surface to pass what the tables showed; until then a difference",
        "may be mere lag. Default: ${DEFAULT-VALUE}."
      })
  private int patience;

  @Option(
      names = "--last",
      paramLabel = "TIME",
      defaultValue = "15m",
      description = {
        "Read changes and dead letters so far back in Kafka, at most the newest 100,000",
        "records of each topic. Default: ${DEFAULT-VALUE}."
      })
  private String last;

  @Option(
      names = "--refresh",
      description =
          "Explain nothing: ask the jobs counters and search to write it again, from"
              + " their state.")
  private boolean refresh;

  @Mixin private ServersMixin servers;
  @Mixin private Report report;

  @Override
  public Integer call() {
    if (patience < 0) {
      throw CommandException.usage("--patience is " + patience + ".", "Give seconds, 0 or more.");
    }
    Settings settings = servers.settings();
    IdKinds kinds = Database.sink(settings).entities();
    if (refresh && isUser() && named(kinds).isEmpty()) {
      throw CommandException.usage(
          "--refresh is for what is counted for.",
          "Rebuild a feed: ./streams feed %s --rebuild".formatted(ShellWord.of(id)));
    }
    return refresh ? refresh(settings, target(kinds)) : report.print(explanation(settings, kinds));
  }

  private Answer explanation(Settings settings, IdKinds kinds) {
    Duration wait = Duration.ofSeconds(patience);
    Duration back = TimeSpan.parse("--last", last);
    if (!isUser()) {
      return new Explanation(settings, kinds, wait, back).of(target(kinds));
    }
    Answer user = new UserExplanation(settings, kinds, wait, back).of(id(kinds.users()));
    return named(kinds).isEmpty()
        ? user
        : new CountedUser(user, new Explanation(settings, kinds, wait, back).of(target(kinds)));
  }

  private Target target(IdKinds kinds) {
    Target.Type known =
        named(kinds)
            .orElseThrow(
                () ->
                    CommandException.usage(
                        "There is nothing to explain of a '" + type + "'.",
                        "Give user, or one of "
                            + kinds.targetEntities().stream()
                                .map(target -> target.type().label())
                                .collect(Collectors.joining(", "))
                            + "."));
    return new Target(known, id(kinds.of(known)));
  }

  /** Empty if nothing is counted for what is named. */
  private Optional<Target.Type> named(IdKinds kinds) {
    return kinds.type(type.toLowerCase(Locale.ROOT));
  }

  /** Of a user the feed is explained, and the counters where the model has some. */
  private boolean isUser() {
    return type.equalsIgnoreCase("user");
  }

  private Id id(IdKind kind) {
    Id read = TypedId.read(id, kind);
    if (!read.isPositive()) {
      throw CommandException.usage("The id is " + id + ".", "Give a number above 0.");
    }
    return read;
  }

  private int refresh(Settings settings, Target target) {
    List<String> owners =
        Target.Type.DOCUMENTS.contains(target.type()) ? OWNERS : List.of(ControlMessage.COUNTERS);
    new ControlTopic(settings).send(owners.stream().map(job -> new Refresh(job, target)).toList());
    report
        .out()
        .println("Asked " + String.join(" and ", owners) + " to write " + target + " again.");
    return 0;
  }
}
