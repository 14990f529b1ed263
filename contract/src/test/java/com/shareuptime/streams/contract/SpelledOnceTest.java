package com.shareuptime.streams.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Names that readers know are spelled here, and nowhere else in the product. The checker of proof
 * has a reading of its own, so that contract and checker do not err together.
 */
class SpelledOnceTest {
  private static final String CHECKER = "proof/src/main/java/com/shareuptime/streams/proof/check/";

  @Test
  void keysOfRedis() {
    assertThat(filesWith("\"(counters|feed|pull|timeline|timeline-run|fill|marks):\\{"))
        .isNotEmpty()
        .allMatch(file -> file.startsWith(CHECKER));
    assertThat(filesWith("\"trending:"))
        .containsExactly(contract("redis/RedisKey.java"), CHECKER + "TrendingCheck.java");
  }

  @Test
  void controlMessages() {
    assertThat(filesWith("\"pipeline-control\""))
        .containsExactly(contract("control/ControlMessage.java"));
    assertThat(filesWith("\"(rebuild|correct|fill)\".*\"user_id\"|\"if_version\""))
        .containsExactly(contract("control/ControlJson.java"));
  }

  private static String contract(String file) {
    return "contract/src/main/java/com/shareuptime/streams/contract/" + file;
  }

  private static List<String> filesWith(String pattern) {
    Pattern spelled = Pattern.compile(pattern);
    Path root = Installation.find().root();
    return Stream.of(root, root.resolve("jobs"))
        .flatMap(SpelledOnceTest::list)
        .map(module -> module.resolve("src/main/java"))
        .filter(Files::isDirectory)
        .flatMap(SpelledOnceTest::walk)
        .filter(file -> file.toString().endsWith(".java"))
        .filter(file -> spelled.matcher(text(file)).find())
        .map(file -> root.relativize(file).toString())
        .sorted()
        .toList();
  }

  private static Stream<Path> list(Path folder) {
    try {
      return Files.list(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> walk(Path folder) {
    try {
      return Files.walk(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
