package com.shareuptime.streams.proof.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

  public void add(Measurement measurement) {
    all.add(measurement);
  }

  /** Whether every measurement reaches its floor. */
  public boolean reachesFloors() {
    return all.stream().allMatch(Measurement::reachesFloor);
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

  private ObjectNode json() {
    ObjectNode root = JSON.createObjectNode();
    root.put("at", Instant.now().toString());
    root.put("processors", Runtime.getRuntime().availableProcessors());
    var list = root.putArray("measurements");
    for (Measurement one : all) {
      ObjectNode node = list.addObject();
      node.put("name", one.name());
      node.put("amount", one.amount());
      node.put("unit", one.unit());
      node.put("seconds", one.seconds());
      node.put("rate", one.rate());
      node.put("floor", one.floor());
      node.set("details", JSON.valueToTree(one.details()));
    }
    return root;
  }
}
