package com.shareuptime.streams.proof.traffic.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The files of words: sections in brackets, values between bars, remarks after a hash. */
final class WordList {
  /**
   * @param title what stands in the brackets
   * @param rest what follows them in that line
   * @param lines stripped, without empty ones and remarks
   */
  record Section(String title, String rest, List<String> lines) {}

  private WordList() {}

  static List<Section> read(String file) {
    List<Section> sections = new ArrayList<>();
    forEachLine(
        file,
        line -> {
          if (line.startsWith("[")) {
            int end = line.indexOf(']');
            sections.add(
                new Section(
                    line.substring(1, end), line.substring(end + 1).strip(), new ArrayList<>()));
          } else {
            sections.get(sections.size() - 1).lines().add(line);
          }
        });
    return sections;
  }

  static List<String> values(String line) {
    return split(line, '|');
  }

  static List<String> split(String line, char separator) {
    List<String> values = new ArrayList<>();
    for (int from = 0; from <= line.length(); ) {
      int to = line.indexOf(separator, from);
      to = to < 0 ? line.length() : to;
      if (!line.substring(from, to).isBlank()) {
        values.add(line.substring(from, to).strip());
      }
      from = to + 1;
    }
    return values;
  }

  private static void forEachLine(String file, Consumer<String> reader) {
    try (InputStream in = WordList.class.getResourceAsStream(file);
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      lines
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .forEach(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the words in " + file, e);
    }
  }
}
