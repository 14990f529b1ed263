package com.shareuptime.streams.proof.demo;

import com.shareuptime.streams.cli.model.ModelFile;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.proof.stack.OtherTables;
import com.shareuptime.streams.proof.traffic.TrafficSql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The tables of a demo.
 *
 * @param installed empty if they are ShareUptime's own
 * @param traffic what is said to them
 */
record DemoModel(Optional<OtherTables> installed, TrafficSql traffic) {
  static DemoModel canonical() {
    return new DemoModel(Optional.empty(), TrafficSql.canonical());
  }

  /**
   * @throws CommandException if a file is missing or cannot be read
   */
  static DemoModel read(Path directory) {
    OtherTables tables =
        new OtherTables(
            schema(directory.resolve("schema.sql")),
            ModelFile.read(directory.resolve("model.sql")));
    return new DemoModel(Optional.of(tables), TrafficSql.read(directory.resolve("traffic.sql")));
  }

  private static String schema(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw CommandException.usage(
          "The tables of the demo cannot be read: " + e + ".",
          "Give a folder with schema.sql, model.sql and traffic.sql, as models/shareuptime-uuid is.");
    }
  }
}
