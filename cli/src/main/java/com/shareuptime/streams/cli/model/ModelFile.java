package com.shareuptime.streams.cli.model;

import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.model.ModelException;
import com.shareuptime.streams.model.expression.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.StringJoiner;

/**
 * The text of a model.
 *
 * @param name of its file, for messages
 */
public record ModelFile(String name, String text) {
  /**
   * @throws CommandException if it cannot be read
   */
  public static ModelFile read(Path file) {
    try {
      return new ModelFile(file.toString(), Files.readString(file));
    } catch (NoSuchFileException e) {
      throw CommandException.usage(
          "There is no file " + file + ".", "Make one: ./streams model init > model.sql");
    } catch (IOException e) {
      throw CommandException.usage(
          "The model cannot be read: " + e + ".", "Give a file of UTF-8 text.");
    }
  }

  /** What is wrong with a model, each with its place and its mend. */
  public static CommandException refused(String name, ModelException e) {
    StringJoiner lines = new StringJoiner(System.lineSeparator());
    lines.add("The model does not fit the database; nothing was changed.");
    e.problems().forEach(problem -> lines.add(line(name, problem)));
    return CommandException.wrong(
        lines.toString(),
        "Mend these. To see the rows as the jobs will: ./streams model check. For tables of your own: --model FILE.");
  }

  static String line(String name, Problem problem) {
    return "%s, line %d, column %d: %s%n  %s"
        .formatted(name, problem.line(), problem.column(), problem.message(), problem.advice());
  }
}
