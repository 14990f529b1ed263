package com.shareuptime.streams.proof.stack;

import com.shareuptime.streams.cli.Detachment;
import com.shareuptime.streams.cli.Migration;
import com.shareuptime.streams.cli.flink.FlinkClient;
import com.shareuptime.streams.cli.job.Jobs;
import com.shareuptime.streams.cli.model.ModelFile;
import com.shareuptime.streams.cli.output.ConsentMixin;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.server.SourceUrl;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.Installation;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.local.stack.SourceFile;
import com.shareuptime.streams.sql.MigrationPlan;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/** Has a local stack read a product's database that is there already, and ends that again. */
public final class Attachment {
  private static final String INGEST = "ingest";

  private final LocalStack stack;
  private final SourceFile source;
  private final ConsentMixin consent;
  private final PrintWriter out;

  public Attachment(LocalStack stack, ConsentMixin consent, PrintWriter out) {
    this.stack = stack;
    this.source = stack.home().source();
    this.consent = consent;
    this.out = out;
  }

  /**
   * Names the database, and returns once somebody agrees with what will be added to it; adds
   * nothing. Starts the stack's Postgres.
   *
   * @param url without a password
   * @param password null for the one of before, or none
   * @param model null for the one that the database has
   * @throws CommandException if it cannot be read as it is, or nobody has agreed; then it is as
   *     before
   */
  public void begin(String url, String password, ModelFile model) {
    SourceUrl.requireNoPassword(url);
    boolean isKnown = isKnown(SourceUrl.database(url, null).url());
    Database database =
        SourceUrl.database(
            url,
            password == null && isKnown
                ? Database.source(new Settings(stack.addresses())).password()
                : password);
    boolean ran = Arrays.stream(Server.values()).anyMatch(stack::isRunning);
    requireReachable(database);
    source.attach(database.url(), database.user(), database.password(), !isKnown || source.isNew());
    try {
      agree(model, isKnown);
    } catch (CommandException e) {
      if (!isKnown && hasReadModels()) {
        source.detach();
      } else if (!isKnown) {
        source.forget();
      }
      if (!ran) {
        stack.close();
      }
      throw e;
    }
  }

  /** The same with the database of before. */
  public void resume() {
    if (!source.isAttached()) {
      throw CommandException.usage(
          "The read models in "
              + stack.home().root()
              + " are of a database from which the stack was detached.",
          "Read it again: ./streams up --source URL. Or start over with tables of the stack's own: ./streams down --wipe");
    }
    agree(null, true);
  }

  private boolean isKnown(String url) {
    if (!source.exists() && hasReadModels()) {
      throw CommandException.usage(
          stack.home().root() + " has a stack with tables of its own.",
          "Take another folder and other ports: STREAMS_HOME=/tmp/staging STREAMS_PORT_BASE=23000 ./streams up --source …. Or give that stack's data up: ./streams down --wipe");
    }
    String known = source.addresses().get(AddressKeys.SOURCE_URL);
    if (known != null && !known.equals(url)) {
      throw CommandException.usage(
          "The stack in " + stack.home().root() + " reads " + known + ".",
          "First ./streams down --detach, or take another folder in STREAMS_HOME.");
    }
    return known != null;
  }

  private boolean hasReadModels() {
    return Files.exists(stack.home().data(Server.POSTGRES));
  }

  private static void requireReachable(Database database) {
    try {
      database.verify();
    } catch (CommandException e) {
      throw CommandException.unreachable(
          e.getMessage(),
          "Check that the server runs and lets this machine in, that --source is right, and that "
              + SourceUrl.PASSWORD
              + " has the password.",
          e);
    }
  }

  /**
   * @param isOurs whether the slot, if it is there, is that of this stack
   */
  private void agree(ModelFile model, boolean isOurs) {
    Settings settings = new Settings(stack.addresses());
    Migration migration = new Migration(settings, true, model);
    migration.requireReady(isOurs);
    stack.start(Set.of(Server.POSTGRES));
    MigrationPlan plan = migration.plan();
    if (!plan.source().isEmpty()) {
      consent.require(text(settings, plan), "Add this to that database?", out);
    }
    if (migration.isOtherModel()) {
      source.renew();
    }
  }

  private static String text(Settings settings, MigrationPlan plan) {
    StringJoiner lines = new StringJoiner(System.lineSeparator());
    lines.add("To be added to " + Database.source(settings) + ":");
    plan.source().forEach(change -> lines.add("  " + change));
    lines.add("  replication slot " + settings.slot() + ", once ingest runs");
    lines.add(
        "Nothing else is written there. While ingest does not run, the slot holds back log; ./streams down --detach takes all of this away again.");
    if (!plan.advice().isEmpty()) {
      lines.add("Indexes that reading needs, for you to make; run each alone, at a quiet time:");
      plan.advice().forEach(index -> lines.add("  " + index));
    }
    return lines.toString();
  }

  /**
   * Stops the stack, and takes away from the database what was added to it. May be repeated, also
   * with a stack that is down.
   *
   * @throws CommandException if it was not done to its end
   */
  public void end() {
    if (!source.exists()) {
      throw CommandException.usage(
          "The stack in " + stack.home().root() + " reads no other database than its own.",
          "To stop it: ./streams down");
    }
    if (!source.isAttached()) {
      out.println("The stack reads no other database any more.");
      stack.close();
      return;
    }
    Settings settings = new Settings(stack.addresses());
    Detachment detachment = new Detachment(settings);
    Detachment.Plan plan = planned(detachment);
    if (!plan.changes().isEmpty()) {
      consent.require(text(settings, plan), "Stop the stack, and run this there?", out);
    }
    cancelIngest();
    stack.close();
    source.renew();
    detachment.apply();
    source.detach();
    out.println("Nothing of the stack is left in that database.");
  }

  private Detachment.Plan planned(Detachment detachment) {
    try {
      return detachment.plan();
    } catch (CommandException e) {
      if (e.exitCode() != CommandException.UNREACHABLE) {
        throw e;
      }
      throw CommandException.unreachable(
          e.getMessage(),
          e.next()
              + System.lineSeparator()
              + "If that database is gone for good: rm "
              + source.path()
              + " && ./streams down --wipe",
          e);
    }
  }

  /** Else it would recover with the cluster. */
  private void cancelIngest() {
    if (stack.healthProblem(Server.JOBMANAGER).isPresent()) {
      return;
    }
    Jobs jobs =
        new Jobs(
            new FlinkClient(stack.flinkUrl()), Installation.find(), stack.home().streams(), true);
    if (jobs.flink().active(INGEST).isPresent()) {
      jobs.cancel(INGEST);
    }
  }

  private static String text(Settings settings, Detachment.Plan plan) {
    StringJoiner lines = new StringJoiner(System.lineSeparator());
    lines.add("To be run on " + Database.source(settings) + ", once the stack has stopped:");
    plan.changes().forEach(change -> lines.add("  " + change + ";"));
    lines.add(
        "What commits after that is not read. The read models stay here as they are; to go on with them later, ./streams up --source reads every table anew, as submit ingest --fresh does.");
    if (!plan.left().isEmpty()) {
      lines.add("Made by hand, and left; run each alone, at a quiet time, if nobody needs it:");
      plan.left().forEach(index -> lines.add("  " + index));
    }
    return lines.toString();
  }

  /** What is to be known of a database that is still read when the stack goes down. */
  public Optional<String> warning() {
    return Optional.ofNullable(source.addresses().get(AddressKeys.SOURCE_URL))
        .map(
            url ->
                "The slot on "
                    + url
                    + " holds back log until ingest runs again: ./streams up, or ./streams down --detach.");
  }
}
