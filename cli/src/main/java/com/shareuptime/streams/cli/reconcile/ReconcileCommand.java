package com.shareuptime.streams.cli.reconcile;

import com.shareuptime.streams.cli.hole.FillHoles;
import com.shareuptime.streams.cli.hole.FilledHole;
import com.shareuptime.streams.cli.hole.Hole;
import com.shareuptime.streams.cli.job.Jobs;
import com.shareuptime.streams.cli.job.TimeSpan;
import com.shareuptime.streams.cli.option.ClusterMixin;
import com.shareuptime.streams.cli.option.RunOptions;
import com.shareuptime.streams.cli.output.Report;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.IdKinds;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "reconcile",
    description = {
      "Compare the product's tables with what the surfaces show, and have differences repaired.",
      "Only proven differences count; lag is none. Changes no read model but with --repair and",
      "--canary. Exit 1 if anything is proven to be wrong, or could not be verified."
    })
public final class ReconcileCommand implements Callable<Integer> {
  /** For a surface to pass what the tables show, and to show what it was told. */
  private static final Duration HOLE_PATIENCE = Duration.ofSeconds(60);

  @Mixin private ClusterMixin cluster;
  @Mixin private Report report;

  @Parameters(
      paramLabel = "SURFACE",
      arity = "0..*",
      description =
          "counters, feeds, search, or one such as counters.redis. Default: all."
              + " Surfaces that one reading of the tables serves are compared together.")
  private List<String> surfaces = List.of();

  @Option(
      names = "--slices",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Compare an N-th: the parts that were compared longest ago. N runs compare everything.")
  private int slices;

  @Option(
      names = "--again",
      description = "Compare only where the last comparison found something wrong or unverified.")
  private boolean again;

  @Option(
      names = "--repair",
      paramLabel = "none|ask|auto",
      defaultValue = "none",
      converter = RepairMode.Converter.class,
      description = {
        "Ask the owners to repair what is proven wrong: never, once you say yes, or at once.",
        "Repaired rows are compared again. Before that, documents that lack what was too large",
        "for its topic are filled from the tables. Default: ${DEFAULT-VALUE}."
      })
  private RepairMode repair;

  @Option(
      names = "--max-repairs",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "Repair nothing automatically if there are more differences: that is an"
              + " incident. Default: ${DEFAULT-VALUE}.")
  private int maxRepairs;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Also write the report as an HTML page with plots of earlier runs.")
  private Path html;

  @Option(
      names = "--canary",
      paramLabel = "RANGE",
      converter = CanaryRange.Converter.class,
      description = {
        "First corrupt the counters of these reserved posts or reels, e.g. post:100-109, or, if"
            + " ids",
        "are no numbers, post:ID,ID; exit 1 unless the run finds each of them. Readers see them"
            + " until",
        "the run ends and repairs them."
      })
  private CanaryRange canary;

  @ArgGroup(exclusive = true)
  private Instead instead;

  private static final class Instead {
    @Option(names = "--last", description = "Compare nothing: show the report of the newest run.")
    private boolean last;

    @Option(
        names = "--gate",
        description = {
          "Compare nothing: exit 0 if no proven difference stands, the last canary was found, and",
          "no surface lacks what was too large for its topic; otherwise 1. Use it before a step",
          "that needs correct read models."
        })
    private boolean gate;
  }

  @Option(
      names = "--max-age",
      paramLabel = "TIME",
      description =
          "With --gate: exit 1 as well if a surface was verified longer ago, e.g. 6h, or never.")
  private String maxAge;

  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    if (slices < 1 || maxRepairs < 0) {
      throw CommandException.usage(
          "--slices or --max-repairs is too small.", "Give a number above 0.");
    }
    if (canary != null && !surfaces.isEmpty() && !surfaces.toString().contains("counters")) {
      throw CommandException.usage(
          "--canary corrupts counters, which are not compared.", "Name counters, too, or nothing.");
    }
    if (canary != null && again) {
      throw CommandException.usage(
          "--again compares only where something was wrong, and would not find the canary.",
          "Leave one of them out.");
    }
    return instead == null ? compare() : look();
  }

  /** Without the cluster. */
  private int look() {
    Settings servers = cluster.servers();
    Runs runs = new Runs(Database.sink(servers));
    if (instead.gate) {
      ReconcileGate.pass(servers, surfaces);
      if (maxAge != null) {
        ReconcileGate.requireVerified(servers, surfaces, TimeSpan.parse("--max-age", maxAge));
      }
      report.out().println("No difference is proven.");
      return 0;
    }
    ReconcileView view = runs.view(runs.newest());
    List<ReconcileFinding> proven =
        view.findings().stream().filter(ReconcileFinding::isProven).toList();
    if (!proven.isEmpty() && repair != RepairMode.NONE) {
      view = repair(runs, servers, view, proven, report.out());
    }
    return show(view, runs);
  }

  private int compare() {
    Settings settings = cluster.settings(ReconcileRun.JOB).with(selection());
    Runs runs = new Runs(Database.sink(settings));
    Jobs jobs = cluster.jobs();
    jobs.requireInactive(ReconcileRun.JOB);
    PrintWriter progress = report.progress();
    ReconcileRun run = new ReconcileRun(jobs, settings, runs, options.parallelism(), progress);
    Canaries canaries = new Canaries(settings, new Repairs(settings, runs), progress);
    if (canaries.putRight() > 0 && canary != null) {
      throw CommandException.wrong(
          "Counters that an earlier canary has corrupted are not repaired yet: the next"
              + " one could not be told from it.",
          "See whether counters runs and takes requests: ./streams status, ./streams logs"
              + " taskmanager.");
    }
    List<FilledHole> holes = holes(settings, progress);
    ReconcileView view =
        canary == null ? run.run() : withCanary(run, runs, settings, canaries, progress);
    List<ReconcileFinding> proven =
        view.findings().stream().filter(ReconcileFinding::isProven).toList();
    if (!proven.isEmpty() && repair != RepairMode.NONE) {
      ReconcileView asked = repair(runs, settings, view, proven, progress);
      if (asked.isRepaired()) {
        progress.println(asked.text());
        progress.println("comparing repaired rows again …");
        progress.flush();
        asked = run.again().withCanary(view.canary()).after(asked);
      }
      view = asked;
    }
    return show(view.withHoles(holes), runs);
  }

  /**
   * Before anything is compared, so that what was filled is. Those that were filled once are looked
   * at again: a search job that has started without state lacks them.
   */
  private List<FilledHole> holes(Settings settings, PrintWriter progress) {
    List<String> compared = Surfaces.named(surfaces);
    FillHoles filling = new FillHoles(settings, HOLE_PATIENCE);
    List<Hole> holes =
        filling.holes().stream()
            .filter(hole -> hole.concerns(compared) || hole.getSurfaces().isEmpty())
            .toList();
    if (holes.isEmpty()) {
      return List.of();
    }
    progress.printf("%d rows are not whole in their topics …%n", holes.size());
    boolean fill = repair.allowsFilling(holes.size(), maxRepairs, progress);
    progress.flush();
    return holes.stream()
        .flatMap(hole -> filling.of(hole, fill).stream())
        .filter(hole -> hole.hole().isOpen() || hole.state() != FilledHole.State.RIGHT)
        .toList();
  }

  /**
   * What the canary spoiled is repaired whatever --repair says and whatever becomes of the run, and
   * is no finding of the view.
   */
  private ReconcileView withCanary(
      ReconcileRun run, Runs runs, Settings settings, Canaries canaries, PrintWriter progress) {
    ReconcileView found;
    try {
      found = withCanaryOut(run, runs, settings);
      progress.println(found.text());
    } catch (RuntimeException failure) {
      try {
        canaries.putRight();
      } catch (CommandException also) {
        failure.addSuppressed(also);
      }
      throw failure;
    }
    canaries.putRight();
    return run.again().withCanary(found.canary()).after(found);
  }

  private ReconcileView withCanaryOut(ReconcileRun run, Runs runs, Settings settings) {
    IdKinds kinds = Database.sink(settings).entities();
    Canary bird = new Canary(settings, kinds, canary.type(), canary.ids(kinds));
    Canary.Planted planted = bird.plant();
    ReconcileView found = run.run();
    Canary.Outcome outcome = bird.outcome(planted, found);
    runs.canary(found.run(), outcome);
    runs.repaired(planted.foundIn(found.findings()));
    return found.withCanary(outcome);
  }

  private int show(ReconcileView view, Runs runs) {
    report.print(view, view::text);
    if (html != null) {
      new HtmlReport(view, runs.past(), runs.history()).write(html);
    }
    return view.isRight() ? 0 : CommandException.WRONG;
  }

  /** The view with what was asked for, or with a note why nothing was. */
  private ReconcileView repair(
      Runs runs,
      Settings settings,
      ReconcileView found,
      List<ReconcileFinding> proven,
      PrintWriter progress) {
    if (repair.allows(proven.size(), maxRepairs, found, progress)) {
      return found.withFindings(new Repairs(settings, runs).ask(proven));
    }
    String note = repair.refusal(proven.size(), maxRepairs);
    runs.note(found.run(), note);
    return found.withNote(note);
  }

  private Map<String, String> selection() {
    Map<String, String> selection = new LinkedHashMap<>(options.overrides());
    if (!surfaces.isEmpty()) {
      selection.put("reconcile.surfaces", String.join(";", surfaces));
    }
    selection.put("reconcile.slices", Integer.toString(slices));
    selection.put("reconcile.again", Boolean.toString(again));
    return selection;
  }
}
