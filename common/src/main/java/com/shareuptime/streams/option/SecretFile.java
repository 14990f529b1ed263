package com.shareuptime.streams.option;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

/**
 * Where a secret lies: the path travels with the job, the content is read where it is used.
 *
 * @param option the option that named it, for messages
 * @param path null where no secret is needed
 */
public record SecretFile(String option, String path) implements Serializable {

  /** The file that {@code option} names, if any. */
  public static SecretFile of(ReadableConfig options, ConfigOption<String> option) {
    return new SecretFile(option.key(), options.getOptional(option).orElse(null));
  }

  /**
   * Reads the secret, without the line end that editors leave.
   *
   * @throws OptionException if the file is named but cannot be read
   */
  public Optional<String> read() {
    if (path == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(Path.of(path)).stripTrailing());
    } catch (IOException e) {
      throw new OptionException(
          "option '" + option + "' names '" + path + "', which cannot be read here: " + e);
    }
  }
}
