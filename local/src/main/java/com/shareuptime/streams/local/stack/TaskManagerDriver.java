package com.shareuptime.streams.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The one task manager, which does the jobs' work. */
final class TaskManagerDriver implements Driver {
  private final StackHome home;
  private final Ports ports;
  private final FlinkFiles files;

  TaskManagerDriver(StackHome home, Ports ports, FlinkFiles files) {
    this.home = home;
    this.ports = ports;
    this.files = files;
  }

  @Override
  public Server server() {
    return Server.TASKMANAGER;
  }

  @Override
  public List<Port> ports() {
    return List.of(Port.TASKMANAGER_RPC, Port.TASKMANAGER_DATA, Port.TASKMANAGER_METRICS);
  }

  @Override
  public void prepare() throws IOException {
    files.write();
  }

  @Override
  public List<String> command() throws IOException {
    List<List<String>> memory = files.memory("GET_TM_RESOURCE_PARAMS");
    List<String> command = new ArrayList<>(files.java(server(), memory.get(0)));
    command.add("org.apache.flink.runtime.taskexecutor.TaskManagerRunner");
    command.addAll(List.of("--configDir", files.folder().toString()));
    command.add("-Dmetrics.reporter.prometheus.port=" + ports.of(Port.TASKMANAGER_METRICS));
    memory.stream().skip(1).forEach(command::addAll);
    return command;
  }

  @Override
  public boolean writesOwnLog() {
    return true;
  }

  /** Well when the job manager has heard from this very process, not from one before it. */
  @Override
  public void check() throws IOException, InterruptedException {
    Instant since =
        ServerProcess.running(server(), home)
            .flatMap(ServerProcess::startedAt)
            .orElseThrow(() -> new IOException("it does not run"));
    JsonNode answer =
        Rest.get("http://127.0.0.1:" + ports.of(Port.FLINK_REST) + "/v1/taskmanagers");
    for (JsonNode taskManager : answer.path("taskmanagers")) {
      if (taskManager.path("id").asText().equals(FlinkFiles.TASKMANAGER_ID)
          && taskManager.path("timeSinceLastHeartbeat").asLong() >= since.toEpochMilli()) {
        return;
      }
    }
    throw new IOException("it has not registered with the job manager");
  }

  @Override
  public String address() {
    return "127.0.0.1:" + ports.of(Port.TASKMANAGER_RPC);
  }
}
