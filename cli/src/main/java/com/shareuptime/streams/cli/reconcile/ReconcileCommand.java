package com.shareuptime.streams.cli.reconcile;

import com.shareuptime.streams.cli.ClusterMixin;
import com.shareuptime.streams.cli.Output;
import com.shareuptime.streams.cli.Report;
import com.shareuptime.streams.cli.job.Database;
import com.shareuptime.streams.cli.job.Jobs;
import com.shareuptime.streams.cli.job.Settings;
import com.shareuptime.streams.local.stack.StackException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "reconcile",
    description = {
      "Compare the product's tables with what the surfaces show, and have repaired what differs.",
      "A difference counts only once it is proven: mere lag is none. Exit 1 if anything is proven",
      "to be wrong, or could not be verified."
    })
public final class ReconcileCommand implements Callable<Integer> {
  @Mixin private ClusterMixin cluster;
  @Mixin private Report report;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SURFACE",
      arity = "0..*",
      description =
          "counters, feeds, search, or one as counters.redis; default: all. What one reading of the"
              + " tables serves is compared together.")
  private List<String> surfaces = List.of();

  @Option(
      names = "--slices",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Compare an N-th, that which was compared longest ago: N runs compare everything.")
  private int slices;

  @Option(
      names = "--again",
      description = "Compare only where something was wrong or unverified the last time.")
  private boolean again;

  @Option(
      names = "--repair",
      paramLabel = "none|ask|auto",
      defaultValue = "none",
      converter = RepairMode.Converter.class,
      description = {
        "Whether the owners are asked to put right what is proven wrong: not, once you say yes, or",
        "at once. What was repaired is then compared again. Default: ${DEFAULT-VALUE}."
      })
  private RepairMode repair;

  @Option(
      names = "--max-repairs",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "More than that is no drift but an incident: auto repairs nothing then. Default:"
              + " ${DEFAULT-VALUE}.")
  private int maxRepairs;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write the report as one page with plots of earlier runs, too.")
  private Path html;

  @ArgGroup(exclusive = true)
  private Instead instead;

  private static final class Instead {
    @Option(names = "--last", description = "Compare nothing: show the report of the newest run.")
    private boolean last;

    @Option(
        names = "--gate",
        description = {
          "Compare nothing: exit 0 if no difference is proven that no later run found to be gone,",
          "otherwise 1. For whatever should not go on then."
        })
    private boolean gate;
  }

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "How wide the job runs; default: parallelism.default of the cluster.")
  private Integer parallelism;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One option of the job, e.g. --set reconcile.source.load=0.1.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Override
  public Integer call() {
    if (slices < 1 || maxRepairs < 0 || (parallelism != null && parallelism < 1)) {
      throw StackException.usage(
          "--slices, --max-repairs or --parallelism is too small.", "Give a number above 0.");
    }
    Settings settings = cluster.settings(ReconcileRun.JOB).overriddenBy(new Settings(selection()));
    Runs runs = new Runs(Database.sink(settings));
    if (instead != null && instead.gate) {
      Gate.pass(settings, surfaces);
      out().println("No difference is proven.");
      return 0;
    }
    return instead == null ? compare(settings, runs) : show(runs.view(runs.newest()), runs);
  }

  private int compare(Settings settings, Runs runs) {
    Jobs jobs = cluster.jobs();
    jobs.demandInactive(ReconcileRun.JOB);
    PrintWriter progress = report.asJson() ? spec.commandLine().getErr() : out();
    ReconcileRun run = new ReconcileRun(jobs, settings, runs, parallelism, progress);
    ReconcileView view = run.run();
    List<Finding> proven = view.findings().stream().filter(Finding::isProven).toList();
    if (!proven.isEmpty() && repair != RepairMode.NONE) {
      view = repaired(run, runs, settings, view, proven, progress);
    }
    return show(view, runs);
  }

  private int show(ReconcileView view, Runs runs) {
    out().println(report.asJson() ? Output.json(view) : view.text());
    if (html != null) {
      new HtmlReport(view, runs.history()).write(html);
    }
    return view.isRight() ? 0 : StackException.WRONG;
  }

  private ReconcileView repaired(
      ReconcileRun run,
      Runs runs,
      Settings settings,
      ReconcileView found,
      List<Finding> proven,
      PrintWriter progress) {
    if (!repair.allows(proven.size(), maxRepairs, found, progress)) {
      String note = repair.refusal(proven.size(), maxRepairs);
      runs.note(found.run(), note);
      return found.withNote(note);
    }
    List<Finding> asked = new Repairs(settings, runs).ask(proven);
    progress.println(found.withFindings(asked).text());
    progress.println("comparing again what was repaired …");
    progress.flush();
    return run.again();
  }

  private Map<String, String> selection() {
    Map<String, String> selection = new LinkedHashMap<>(overrides);
    if (!surfaces.isEmpty()) {
      selection.put("reconcile.surfaces", String.join(";", surfaces));
    }
    selection.put("reconcile.slices", Integer.toString(slices));
    selection.put("reconcile.again", Boolean.toString(again));
    return selection;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
