package com.shareuptime.streams.cli.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.contract.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The dashboard asks for metrics that the jobs have. No Grafana is started. */
class DashboardTest {
  private static final Pattern METRIC = Pattern.compile("flink_taskmanager_job_task_operator_\\w+");
  private static final Set<String> FLINKS_OWN = Set.of("numRecordsOut");

  private final Path root = Installation.find().root();

  @Test
  void everyMetricOfTheDashboardIsRegisteredByAJob() throws IOException {
    String sources = sources("common") + sources("jobs");
    Set<String> asked = new TreeSet<>();
    for (JsonNode panel :
        new ObjectMapper()
            .readTree(root.resolve("docker/grafana/dashboards/streams.json").toFile())
            .path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        METRIC
            .matcher(target.path("expr").asText())
            .results()
            .map(MatchResult::group)
            .map(name -> name.substring(name.lastIndexOf('_') + 1))
            .forEach(asked::add);
      }
    }
    asked.removeAll(FLINKS_OWN);
    assertThat(asked)
        .isNotEmpty()
        .allSatisfy(name -> assertThat(isNamedIn(sources, name)).as(name).isTrue());
  }

  @Test
  void everyMetricThatAnAlarmAsksForIsRegisteredByAJob() throws IOException {
    String sources = sources("common") + sources("jobs");
    assertThat(METRIC.matcher(read(root.resolve("docker/prometheus/alerts.yml"))).results())
        .isNotEmpty()
        .map(MatchResult::group)
        .map(name -> name.substring(name.lastIndexOf('_') + 1))
        .allSatisfy(name -> assertThat(isNamedIn(sources, name)).as(name).isTrue());
  }

  /** As a literal, or as the constant of an enum that names a metric by its reason. */
  private static boolean isNamedIn(String sources, String metric) {
    return sources.contains("\"" + metric + "\"")
        || Pattern.compile("^ +" + metric.toUpperCase(Locale.ROOT) + "[,;]?$", Pattern.MULTILINE)
            .matcher(sources)
            .find();
  }

  private String sources(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve(folder))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().contains("/src/main/"))
          .map(DashboardTest::read)
          .collect(Collectors.joining("\n"));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
