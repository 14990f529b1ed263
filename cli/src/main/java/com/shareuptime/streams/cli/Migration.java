package com.shareuptime.streams.cli;

import com.shareuptime.streams.cli.search.SearchIndexes;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.server.Servers;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.topic.Topics;
import com.shareuptime.streams.sql.BaseSchema;
import com.shareuptime.streams.sql.Migrations;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** Brings databases and topics to what this version of the jobs needs. Safe to repeat. */
public final class Migration {
  private final Settings settings;
  private final boolean searches;

  /**
   * @param searches whether the indexes of search are made
   */
  public Migration(Settings settings, boolean searches) {
    this.settings = settings;
    this.searches = searches;
  }

  /** The product's own tables; only ever on the local stack, elsewhere they are the product's. */
  public void baseSchema() {
    Database source = Database.source(settings);
    try {
      BaseSchema.apply(source.url(), source.user(), source.password());
    } catch (SQLException e) {
      throw failed(source.toString(), e);
    }
  }

  /** Returns what it changed, a line each. */
  public List<String> apply() {
    List<String> done = new ArrayList<>();
    Database source = Database.source(settings);
    Database sink = Database.sink(settings);
    source.verify();
    sink.verify();
    migrate("source", source, Migrations::source).ifPresent(done::add);
    migrate("sink", sink, Migrations::sink).ifPresent(done::add);
    done.addAll(topics());
    if (searches) {
      done.addAll(SearchIndexes.apply(settings));
    }
    return done;
  }

  private interface Migrator {
    int migrate(String url, String user, String password);
  }

  private static Optional<String> migrate(String name, Database database, Migrator migrator) {
    try {
      int applied = migrator.migrate(database.url(), database.user(), database.password());
      return applied == 0
          ? Optional.empty()
          : Optional.of(applied + " migrations of the " + name + " database");
    } catch (RuntimeException e) {
      throw failed(database.toString(), e);
    }
  }

  private List<String> topics() {
    try (Admin admin = Servers.kafka(settings)) {
      return new Topics(admin).apply();
    } catch (ExecutionException e) {
      throw failed("Kafka at " + settings.require(AddressKeys.KAFKA_BOOTSTRAP), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("Kafka", e);
    }
  }

  private static CommandException failed(String where, Throwable cause) {
    return CommandException.unreachable(
        "Migrating " + where + " failed: " + cause.getMessage(),
        "Fix the cause and run ./streams migrate again: it skips what is done.",
        cause);
  }
}
