package com.shareuptime.streams.cli.search;

import com.shareuptime.streams.cli.flink.Job;
import com.shareuptime.streams.cli.job.Await;
import com.shareuptime.streams.cli.job.Jobs;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.server.OpenSearch;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.truth.WalPosition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Fills another index behind an alias by a second run of the search job, from the topics, while the
 * first goes on, and points the alias to it; both indexes are kept fresh until the reindex is
 * finished, so that the way back is the same step. Whatever step is interrupted, the next call goes
 * on from there: which run writes which index is in {@code streams.search_indexes}, where readers
 * look is in the alias, what runs is in Flink, and nothing is anywhere else.
 */
final class Reindex {
  private static final Duration CATCH_UP = Duration.ofMinutes(10);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final int SAMPLE = 1_000;

  private final String alias;
  private final String run;
  private final OpenSearch openSearch;
  private final IndexRegistry registry;
  private final Jobs jobs;
  private final Settings settings;
  private final Consumer<String> out;

  /**
   * @param settings of the search job
   * @param out gets a line for each step
   */
  Reindex(
      String alias,
      OpenSearch openSearch,
      IndexRegistry registry,
      Jobs jobs,
      Settings settings,
      Consumer<String> out) {
    this.alias = alias;
    this.run = "reindex-" + alias;
    this.openSearch = openSearch;
    this.registry = registry;
    this.jobs = jobs;
    this.settings = settings;
    this.out = out;
  }

  /** What {@link #start} would do; makes an empty index for a moment, to see it accepted. */
  List<String> plan(IndexDescription description) {
    String scratch = alias + "_dry_run";
    openSearch.drop(scratch);
    openSearch.ask("PUT", "/" + scratch, description.json());
    openSearch.drop(scratch);
    IndexRow served = served();
    Optional<IndexRow> building = building();
    String target = building.map(IndexRow::name).orElseGet(this::nextName);
    return List.of(
        "OpenSearch accepts the settings and mappings.",
        building.isPresent()
            ? "Would go on filling " + target + "."
            : "Would fill " + target + " from the topics, by a second run of the search job.",
        "Would verify it against %s (%,d documents), and point the alias %s to it."
            .formatted(served.name(), documents(served.name()), alias),
        "Nothing was changed.");
  }

  /**
   * Fills, verifies, and swaps; or goes on where another call was interrupted.
   *
   * @param given how the new index is to be; empty for what the jar describes
   * @throws CommandException if something has to be mended first; the alias is then as it was
   */
  void start(Optional<IndexDescription> given, IndexDescription usual, boolean keepOld) {
    IndexRow served = served();
    Optional<IndexRow> building = building();
    if (building.isEmpty()) {
      finish();
      served = served();
      String name = nextName();
      registry.begin(name, alias, run, given.orElse(usual).json());
      out.accept("filling " + name + " while " + served.name() + " is served");
    } else {
      requireSame(building.get(), given);
      out.accept("going on with " + building.get().name());
    }
    if (keepOld) {
      registry.keep(served.name());
    }
    IndexRow target = building().orElseThrow();
    if (!served.name().equals(target.name())) {
      String job = ensureRun(target);
      awaitFilled(target, served, job);
      verify(served, target);
      registry.promise(target.name());
      awaitPassed(target.name());
      point(served.name(), target.name());
    }
    registry.complete(target.name());
    out.accept(
        "%s is served. Both are kept fresh: back by ./streams reindex %s --rollback; end with ./streams reindex %s --finish"
            .formatted(target.name(), alias, alias));
  }

  private void requireSame(IndexRow building, Optional<IndexDescription> given) {
    if (given.isPresent() && !given.get().json().equals(building.description())) {
      throw CommandException.usage(
          building.name() + " is being filled with other mappings.",
          "Give it up first: ./streams reindex " + alias + " --rollback");
    }
  }

  /** The second run, and an empty index for it if it has to begin anew. */
  private String ensureRun(IndexRow target) {
    List<Job> running =
        jobs.flink().jobs().stream()
            .filter(job -> job.name().equals(run) && !job.hasEnded())
            .toList();
    for (Job extra : running.subList(Math.min(1, running.size()), running.size())) {
      jobs.flink().cancel(extra.id());
    }
    if (!running.isEmpty() && openSearch.exists("/" + target.name())) {
      return jobs.awaitRunning(run, running.get(0).id()).id();
    }
    cancelRun();
    openSearch.drop(target.name());
    registry.empty(target.name());
    openSearch.ask("PUT", "/" + target.name(), target.description());
    OptionalInt width = width();
    int free = jobs.flink().freeSlots();
    if (free < width.orElse(1)) {
      throw CommandException.wrong(
          "The second run needs %d free slots, and the cluster has %d."
              .formatted(width.orElse(1), free),
          "Raise taskmanager.numberOfTaskSlots or add a task manager, then run the command again.");
    }
    return submitRun(Optional.empty(), width).id();
  }

  /** With the options of the run that it is to replace: what that one writes, it has to write. */
  private Job submitRun(Optional<String> state, OptionalInt width) {
    Settings own = jobs.ownSettings(SearchIndexes.RUN, settings).with(Map.of("search.run", run));
    Job job = jobs.submit(run, own, state, width);
    out.accept("run " + run + ": " + jobs.flink().page(job.id()));
    return job;
  }

  /** As wide as the run that it is to replace. */
  private OptionalInt width() {
    return jobs.ownParallelism(SearchIndexes.RUN);
  }

  private void awaitFilled(IndexRow target, IndexRow served, String job) {
    FillProgress progress = new FillProgress(target.name(), System.nanoTime());
    while (row(target.name()).visible().isEmpty()) {
      if (jobs.flink().job(job).hasEnded()) {
        throw CommandException.wrong(
            "The run "
                + run
                + " has ended"
                + jobs.flink().lastFailure(job).map(cause -> ": " + cause).orElse("."),
            "Fix the cause and run the command again: it fills " + target.name() + " anew.");
      }
      progress
          .line(written(target.name()), documents(served.name()), System.nanoTime())
          .ifPresent(out);
      Await.pause(LOOK_EVERY);
    }
    out.accept("%s is filled: %,d documents".formatted(target.name(), documents(target.name())));
  }

  private void verify(IndexRow served, IndexRow target) {
    var outcome =
        new Verification(
                openSearch,
                served.name(),
                target.name(),
                () -> {
                  awaitPassed(target.name());
                  awaitPassed(served.name());
                })
            .run(SAMPLE);
    if (!outcome.isRight()) {
      throw CommandException.wrong(
          "%s and %s differ in %,d documents, e.g. %s; the alias stays as it is."
              .formatted(
                  served.name(),
                  target.name(),
                  outcome.wrong().size(),
                  outcome.wrong().stream().limit(10).toList()),
          "If the old one is wrong, repair these (./streams explain TYPE ID --refresh)"
              + " and run the command again. To give the new one up: ./streams reindex "
              + alias
              + " --rollback");
    }
    out.accept(
        "verified: the same %,d documents, and the same content in a sample of %,d"
            .formatted(outcome.documents(), outcome.sampled()));
  }

  /** The alias back to the index before, or what is being filled given up. */
  void rollback() {
    IndexRow served = served();
    Optional<IndexRow> building = building();
    if (building.isPresent() && !building.get().name().equals(served.name())) {
      cancelRun();
      openSearch.drop(building.get().name());
      registry.forget(building.get().name());
      out.accept(building.get().name() + " is given up; " + served.name() + " is served as before");
      return;
    }
    IndexRow other =
        other(served)
            .orElseThrow(
                () ->
                    CommandException.usage(
                        "There is no other index behind " + alias + " to go back to.",
                        "A reindex that is finished cannot be rolled back: reindex again."));
    if (!other.isWritten()) {
      throw CommandException.usage(
          "Nobody writes " + other.name() + " any more: a --finish was interrupted.",
          "Let it end: ./streams reindex " + alias + " --finish");
    }
    building.ifPresent(row -> registry.complete(row.name()));
    ensureWritten(other);
    awaitPassed(other.name());
    point(served.name(), other.name());
    out.accept("%s is served again; %s is kept fresh".formatted(other.name(), served.name()));
  }

  /**
   * Ends the time in which one can roll back: the run {@code search} writes the served index from
   * now on, and the other one goes, unless it is to be kept. Does nothing if there is no other.
   */
  void finish() {
    IndexRow served = served();
    Optional<IndexRow> other = other(served);
    if (other.isEmpty()) {
      return;
    }
    Settings own = jobs.ownSettings(SearchIndexes.RUN, settings);
    OptionalInt width = width();
    if (!served.writer().equals(SearchIndexes.RUN)) {
      handOver(other.get(), served);
    }
    cancelRun();
    if (jobs.flink().active(SearchIndexes.RUN).isEmpty()) {
      submitSearch(own, width);
      out.accept("search writes " + served.name());
    }
    if (!other.get().keep()) {
      openSearch.drop(other.get().name());
      out.accept("removed " + other.get().name());
    }
    registry.forget(other.get().name());
  }

  /**
   * What {@code search} has read by the time it stops, it will not write again, and has written to
   * the other index alone: so its successor must have written all of that first.
   */
  private void handOver(IndexRow other, IndexRow served) {
    ensureWritten(served);
    if (jobs.flink().active(SearchIndexes.RUN).isPresent()) {
      out.accept("stopping search, to go on with " + served.name());
      jobs.stop(SearchIndexes.RUN);
    }
    awaitPassed(served.name());
    registry.handOver(other, served);
  }

  /** By a run: one that has failed, or was stopped by whoever was interrupted, goes on. */
  private void ensureWritten(IndexRow index) {
    if (jobs.flink().active(index.writer()).isPresent()) {
      return;
    }
    if (index.writer().equals(SearchIndexes.RUN)) {
      submitSearch(jobs.ownSettings(SearchIndexes.RUN, settings), width());
    } else {
      submitRun(jobs.resumable(run), width());
    }
  }

  private void submitSearch(Settings own, OptionalInt width) {
    jobs.submit(SearchIndexes.RUN, own, jobs.resumable(SearchIndexes.RUN), width);
  }

  private void cancelRun() {
    jobs.flink().active(run).ifPresent(job -> jobs.cancel(run));
  }

  private void point(String from, String to) {
    SearchIndexes.point(openSearch, alias, Optional.of(from), to);
  }

  private IndexRow served() {
    String index =
        openSearch
            .behind(alias)
            .orElseThrow(
                () ->
                    CommandException.wrong(
                        "There is no alias " + alias + ".", "Make it: ./streams migrate"));
    return row(index);
  }

  private IndexRow row(String index) {
    return registry.of(alias).stream()
        .filter(row -> row.name().equals(index))
        .findFirst()
        .orElseThrow(
            () ->
                CommandException.wrong(
                    "streams.search_indexes does not know " + index + ".",
                    "Run ./streams migrate; if the alias was moved by hand, move it back."));
  }

  private Optional<IndexRow> building() {
    return registry.of(alias).stream().filter(row -> !row.complete()).findFirst();
  }

  private Optional<IndexRow> other(IndexRow served) {
    return registry.of(alias).stream().filter(row -> !row.name().equals(served.name())).findFirst();
  }

  /** One above all that are there, kept ones too. */
  private String nextName() {
    int highest = 0;
    var names = openSearch.ask("GET", "/" + alias + "_v*/_settings", "").fieldNames();
    while (names.hasNext()) {
      String number = names.next().substring(alias.length() + 2);
      highest = Math.max(highest, number.matches("\\d{1,9}") ? Integer.parseInt(number) : 0);
    }
    return alias + "_v" + (highest + 1);
  }

  private long documents(String index) {
    return openSearch.ask("GET", "/" + index + "/_count", "").path("count").asLong();
  }

  /** Documents that were written, found by searches or not yet. */
  private long written(String index) {
    return openSearch
        .ask("GET", "/" + index + "/_stats/indexing", "")
        .at("/_all/primaries/indexing/index_total")
        .asLong();
  }

  /** Waits until the index has all that is committed now. */
  private void awaitPassed(String index) {
    long position = insertPosition();
    Await.answer(
        CATCH_UP,
        () -> row(index).visible().stream().boxed().filter(at -> at >= position).findFirst(),
        () ->
            CommandException.wrong(
                index + " does not catch up within " + CATCH_UP.toMinutes() + " min.",
                "See whether its run is healthy (./streams status), then run the command again."));
  }

  private long insertPosition() {
    Database source = Database.source(settings);
    return source.ask(
        handle -> WalPosition.read(handle.getConnection()).position(),
        e ->
            CommandException.unreachable(
                "Postgres at " + source + " does not tell its position: " + e.getMessage(),
                "Check that it runs, and run the command again.",
                e));
  }
}
