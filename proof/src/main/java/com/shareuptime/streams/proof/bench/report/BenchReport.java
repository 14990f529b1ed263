package com.shareuptime.streams.proof.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The measurements of one command: a table for people, JSON for comparison over time. */
public final class BenchReport {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final List<Measurement> all = new ArrayList<>();
  private boolean isWithinBounds = true;

  private record Report(String at, int processors, List<Measurement> measurements) {}

  public void add(Measurement measurement) {
    all.add(measurement);
  }

  public void add(BenchOutcome outcome) {
    isWithinBounds &= outcome.isWithinBounds();
    add(outcome.measured());
  }

  /** 1 if a measurement has missed its floor or a bound. */
  public int exitCode() {
    return isWithinBounds && all.stream().allMatch(Measurement::reachesFloor) ? 0 : 1;
  }

  public void print(PrintStream out) {
    out.printf("%n%-44s %12s %10s %14s %10s%n", "measured", "amount", "seconds", "rate", "floor");
    for (Measurement one : all) {
      out.printf(
          "%-44s %,12d %10.2f %,10.0f %s/s %10s%n",
          one.name(),
          one.amount(),
          one.seconds(),
          one.rate(),
          one.unit(),
          one.floor() == 0 ? "" : "%,.0f%s".formatted(one.floor(), one.reachesFloor() ? "" : " !"));
      one.details().forEach((name, value) -> out.printf("    %-36s %s%n", name, value));
    }
  }

  public void printJson(PrintStream out) throws IOException {
    out.println(JSON.writeValueAsString(json()));
  }

  public void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    JSON.writeValue(file.toFile(), json());
  }

  private Report json() {
    return new Report(Instant.now().toString(), Runtime.getRuntime().availableProcessors(), all);
  }
}
