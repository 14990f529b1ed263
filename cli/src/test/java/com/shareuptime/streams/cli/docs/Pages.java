package com.shareuptime.streams.cli.docs;

import com.shareuptime.streams.contract.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The pages of the project, and the sources that they are held to. */
final class Pages {
  static final Path ROOT = Installation.find().root();

  private static final List<String> OUTSIDE_DOCS =
      List.of("docker/README.md", "bench/README.md", "sql/README.md");

  private Pages() {}

  /** Every page that people read. */
  static List<Path> all() {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.of(top, docs, OUTSIDE_DOCS.stream().map(ROOT::resolve))
          .flatMap(pages -> pages)
          .filter(page -> page.toString().endsWith(".md"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file, named from the root. */
  static String text(String file) {
    return text(ROOT.resolve(file));
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a page has between two texts. */
  static String between(String page, String begin, String end) {
    int from = page.indexOf(begin);
    int to = page.indexOf(end, from + begin.length());
    if (from < 0 || to < 0) {
      throw new AssertionError("the page has no '" + begin + "' before '" + end + "'");
    }
    return page.substring(from + begin.length(), to);
  }

  /** All Java of some folders that is not a test. */
  static String sources(String... folders) {
    return Stream.of(folders).map(Pages::sources).collect(Collectors.joining());
  }

  private static String sources(String folder) {
    try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().contains("/src/main/"))
          .sorted()
          .map(Pages::text)
          .collect(Collectors.joining());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
