package com.shareuptime.streams.option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * Reads a job's options from its arguments: {@code --config FILE} (lines of {@code key: value}),
 * then {@code --key value} pairs, the later winning. A key that no option has, or a value that its
 * option cannot take, stops the start and says where it came from.
 */
public final class OptionLoader {
  private static final String CONFIG = "config";

  private final Map<String, ConfigOption<?>> known = new TreeMap<>();
  private final Map<String, String> origins = new HashMap<>();
  private final Configuration loaded = new Configuration();

  private OptionLoader(Collection<ConfigOption<?>> options) {
    options.forEach(option -> known.put(option.key(), option));
  }

  /**
   * Loads and checks the options of a job.
   *
   * @param args the job's arguments
   * @param options every option that the job has
   * @throws OptionException for an unknown key, a wrong value, or an unreadable file
   */
  public static Configuration load(String[] args, Collection<ConfigOption<?>> options) {
    return new OptionLoader(options).load(args);
  }

  private Configuration load(String[] args) {
    List<String[]> pairs = new ArrayList<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!args[i].startsWith("--") || i + 1 == args.length) {
        throw new OptionException(
            "argument '" + args[i] + "': arguments come as pairs '--key value'");
      }
      pairs.add(new String[] {args[i].substring(2), args[i + 1]});
    }
    pairs.stream().filter(p -> p[0].equals(CONFIG)).forEach(p -> readFile(Path.of(p[1])));
    pairs.stream()
        .filter(p -> !p[0].equals(CONFIG))
        .forEach(p -> set(p[0], p[1], "the job's arguments"));
    known.values().forEach(this::check);
    return loaded;
  }

  private void readFile(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new OptionException("--config " + file + " cannot be read: " + e);
    }
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String origin = file + " line " + (i + 1);
      int colon = line.indexOf(": ");
      if (colon < 1) {
        throw new OptionException(origin + ": expected 'key: value', got '" + line + "'");
      }
      set(line.substring(0, colon).strip(), value(line.substring(colon + 2)), origin);
    }
  }

  private static String value(String text) {
    int comment = text.indexOf(" #");
    String value = (comment < 0 ? text : text.substring(0, comment)).strip();
    boolean quoted =
        value.length() > 1
            && (value.startsWith("\"") && value.endsWith("\"")
                || value.startsWith("'") && value.endsWith("'"));
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private void set(String key, String value, String origin) {
    if (!known.containsKey(key)) {
      throw new OptionException(
          "unknown option '" + key + "' in " + origin + "; the nearest is '" + nearest(key) + "'");
    }
    loaded.setString(key, value);
    origins.put(key, origin);
  }

  private void check(ConfigOption<?> option) {
    try {
      loaded.getOptional(option);
    } catch (IllegalArgumentException e) {
      throw new OptionException(
          "option '%s' in %s cannot be '%s': %s"
              .formatted(
                  option.key(),
                  origins.get(option.key()),
                  loaded.getString(option.key(), ""),
                  rootMessage(e)));
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage();
  }

  private String nearest(String key) {
    return known.keySet().stream()
        .min((a, b) -> Integer.compare(EditDistance.between(key, a), EditDistance.between(key, b)))
        .orElse("none: this job has no options");
  }
}
