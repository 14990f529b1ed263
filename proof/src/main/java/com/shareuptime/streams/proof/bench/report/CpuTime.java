package com.shareuptime.streams.proof.bench.report;

import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** CPU time that each server and this JVM have taken, children that still live included. */
public final class CpuTime {
  private final LocalStack stack;
  private final Map<String, Duration> begin;

  /** Counts from now on. */
  public CpuTime(LocalStack stack) {
    this.stack = stack;
    this.begin = now();
  }

  /** Seconds since then. */
  public Map<String, Double> seconds() {
    Map<String, Double> spent = new LinkedHashMap<>();
    now()
        .forEach(
            (name, time) ->
                spent.put(
                    name, time.minus(begin.getOrDefault(name, Duration.ZERO)).toMillis() / 1e3));
    return spent;
  }

  private Map<String, Duration> now() {
    Map<String, Duration> times = new LinkedHashMap<>();
    for (Server server : Server.values()) {
      stack
          .pid(server)
          .flatMap(ProcessHandle::of)
          .ifPresent(
              process ->
                  times.put(
                      server.id(),
                      total(Stream.concat(Stream.of(process), process.descendants()))));
    }
    times.put("bench", total(Stream.of(ProcessHandle.current())));
    return times;
  }

  private static Duration total(Stream<ProcessHandle> processes) {
    return processes
        .map(process -> process.info().totalCpuDuration())
        .flatMap(Optional::stream)
        .reduce(Duration.ZERO, Duration::plus);
  }
}
