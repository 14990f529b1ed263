package com.shareuptime.streams.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** YAML of one flat {@code key: value} a line, comments and blank lines aside. */
public final class FlatYaml {
  private FlatYaml() {}

  /** The pairs in the order of the file; a missing file, a nested or a repeated key is an error. */
  public static Map<String, String> read(Path file) {
    try {
      return parse(Files.readAllLines(file), file.toString());
    } catch (IOException e) {
      throw CommandException.usage(
          "Cannot read the configuration " + file + ".", "Give a file of `key: value` lines.");
    }
  }

  static Map<String, String> parse(List<String> lines, String origin) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank() || line.stripLeading().startsWith("#")) {
        continue;
      }
      String where = origin + ":" + (i + 1);
      int colon = line.indexOf(": ");
      if (colon < 0 && line.endsWith(":")) {
        colon = line.length() - 1;
      }
      if (colon <= 0 || Character.isWhitespace(line.charAt(0))) {
        throw CommandException.usage(
            where + " is not a flat `key: value`: " + line.strip(),
            "Write one `key: value` a line, e.g. `kafka.bootstrap: broker:9092`.");
      }
      String key = line.substring(0, colon).strip();
      if (pairs.put(key, value(line.substring(colon + 1))) != null) {
        throw CommandException.usage(
            where + " sets " + key + " a second time.", "Keep one of the two lines.");
      }
    }
    return pairs;
  }

  private static String value(String text) {
    String value = text.strip();
    if (value.length() > 1 && (value.startsWith("\"") || value.startsWith("'"))) {
      int end = value.indexOf(value.charAt(0), 1);
      if (end > 0) {
        return value.substring(1, end);
      }
    }
    int comment = value.indexOf(" #");
    return (comment < 0 ? value : value.substring(0, comment)).strip();
  }

  /** The text of such a file. */
  public static String write(Map<String, String> pairs) {
    return pairs.entrySet().stream()
        .map(pair -> pair.getKey() + ": \"" + pair.getValue() + "\"\n")
        .collect(Collectors.joining());
  }
}
