package com.shareuptime.streams.cli.search;

import com.shareuptime.streams.cli.job.Jobs;
import com.shareuptime.streams.cli.option.ClusterMixin;
import com.shareuptime.streams.cli.reconcile.ReconcileGate;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.server.OpenSearch;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.IdKinds;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "reindex",
    description = {
      "Rebuild the documents of posts or reels beside those that are served, then swap.",
      "Readers see no pause. Safe to interrupt at any time: run the same command to continue.",
      "Both indexes are kept fresh until --finish or the next reindex."
    })
public final class ReindexCommand implements Callable<Integer> {
  @Mixin private ClusterMixin cluster;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ALIAS", description = "posts or reels.")
  private String alias;

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description =
          "Take settings and mappings of the new index from this JSON file. Default:"
              + " the search job's.")
  private Path mapping;

  @Option(
      names = "--keep-old",
      description = "Leave the old index in place, unwritten, when the reindex is finished.")
  private boolean keepOld;

  @Option(
      names = "--gate",
      description = "Do nothing while a document is proven to be wrong: see reconcile --gate.")
  private boolean gate;

  @ArgGroup(exclusive = true)
  private Instead instead;

  private static final class Instead {
    @Option(names = "--dry-run", description = "Print what would be done, and change nothing.")
    private boolean dryRun;

    @Option(
        names = "--rollback",
        description =
            "Point the alias back to the index before, or give up an index that is still"
                + " filling.")
    private boolean rollback;

    @Option(
        names = "--finish",
        description = {
          "Give up the way back: search writes the served index, the other one is removed.",
          "Searches find nothing new for some seconds."
        })
    private boolean finish;
  }

  @Override
  public Integer call() {
    if (!SearchIndexes.ALIASES.contains(alias)) {
      throw CommandException.usage(
          "There are no documents '" + alias + "'.", "Give posts or reels.");
    }
    if (instead != null && !instead.dryRun && (mapping != null || keepOld)) {
      throw CommandException.usage(
          "--mapping and --keep-old are for a new index.", "Leave them out here.");
    }
    Jobs jobs = cluster.jobs();
    Settings settings = cluster.settings(SearchIndexes.RUN);
    boolean fills = instead == null || instead.dryRun;
    if (fills) {
      requireProgress(settings);
    }
    if (gate) {
      ReconcileGate.pass(settings, List.of("search." + alias));
    }
    if (fills) {
      requireProgress(jobs.ownSettings(SearchIndexes.RUN, settings));
    }
    jobs.requireJar(SearchIndexes.RUN);
    OpenSearch openSearch = OpenSearch.required(settings);
    try (IndexRegistry registry = IndexRegistry.open(Database.sink(settings))) {
      registry.lock();
      Reindex reindex = new Reindex(alias, openSearch, registry, jobs, settings, this::say);
      IdKinds kinds = registry.idKinds();
      run(
          reindex,
          Optional.ofNullable(mapping).map(file -> IndexDescription.ofFile(file, alias, kinds)),
          IndexDescription.ofBuild(alias, kinds));
    }
    return 0;
  }

  private void requireProgress(Settings settings) {
    String mode = settings.get(Settings.SEARCH_MODE).orElse("cdc");
    if (alias.equals("posts") && mode.equalsIgnoreCase("events")) {
      throw CommandException.usage(
          "Posts come from events (%s), which publish no progress: nobody can tell when a new"
                  .formatted(Settings.SEARCH_MODE)
              + " index has all of them.",
          "Run search in the mode cdc first: ./streams cancel search; ./streams submit search --fresh");
    }
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }

  private void run(Reindex reindex, Optional<IndexDescription> given, IndexDescription usual) {
    if (instead == null) {
      reindex.start(given, usual, keepOld);
    } else if (instead.dryRun) {
      reindex.plan(given.orElse(usual)).forEach(this::say);
    } else if (instead.rollback) {
      reindex.rollback();
    } else {
      reindex.finish();
    }
  }
}
