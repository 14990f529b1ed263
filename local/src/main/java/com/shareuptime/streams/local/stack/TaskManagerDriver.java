package com.shareuptime.streams.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.contract.http.HttpAddress;
import com.shareuptime.streams.contract.http.JsonClient;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A task manager: it does the jobs' work. */
final class TaskManagerDriver implements Driver {
  private final StackHome home;
  private final Ports ports;
  private final FlinkFiles files;
  private final Server server;
  private final Port rpc;
  private final Port data;
  private final Port metrics;
  private final JsonClient rest;

  private TaskManagerDriver(
      StackHome home,
      Ports ports,
      FlinkFiles files,
      Server server,
      Port rpc,
      Port data,
      Port metrics) {
    this.home = home;
    this.ports = ports;
    this.files = files;
    this.server = server;
    this.rpc = rpc;
    this.data = data;
    this.metrics = metrics;
    HttpAddress flink = HttpAddress.of("http://127.0.0.1:" + ports.of(Port.FLINK_REST));
    this.rest = new JsonClient("Flink", flink, CHECK_PATIENCE);
  }

  static TaskManagerDriver first(StackHome home, Ports ports, FlinkFiles files) {
    return new TaskManagerDriver(
        home,
        ports,
        files,
        Server.TASKMANAGER,
        Port.TASKMANAGER_RPC,
        Port.TASKMANAGER_DATA,
        Port.TASKMANAGER_METRICS);
  }

  static TaskManagerDriver second(StackHome home, Ports ports, FlinkFiles files) {
    return new TaskManagerDriver(
        home,
        ports,
        files,
        Server.TASKMANAGER_2,
        Port.TASKMANAGER_2_RPC,
        Port.TASKMANAGER_2_DATA,
        Port.TASKMANAGER_2_METRICS);
  }

  @Override
  public Server server() {
    return server;
  }

  @Override
  public List<Port> ports() {
    return List.of(rpc, data, metrics);
  }

  @Override
  public void prepare() throws IOException {
    files.write();
  }

  @Override
  public List<String> command() throws IOException {
    List<List<String>> memory = files.memory("GET_TM_RESOURCE_PARAMS");
    List<String> command = new ArrayList<>(files.java(server, "taskmanager", memory.get(0)));
    command.add("org.apache.flink.runtime.taskexecutor.TaskManagerRunner");
    command.addAll(List.of("--configDir", files.folder().toString()));
    command.add("-Dtaskmanager.resource-id=" + server.resourceId());
    command.add("-Dtaskmanager.rpc.port=" + ports.of(rpc));
    command.add("-Dtaskmanager.data.port=" + ports.of(data));
    command.add("-Dmetrics.reporter.prometheus.port=" + ports.of(metrics));
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
        ServerProcess.running(server, home)
            .flatMap(ServerProcess::startedAt)
            .orElseThrow(() -> new IOException("it does not run"));
    JsonNode answer = rest.ask("GET", "/v1/taskmanagers", "");
    for (JsonNode taskManager : answer.path("taskmanagers")) {
      if (taskManager.path("id").asText().equals(server.resourceId())
          && taskManager.path("timeSinceLastHeartbeat").asLong() >= since.toEpochMilli()) {
        return;
      }
    }
    throw new IOException("it has not registered with the job manager");
  }

  @Override
  public String address() {
    return "127.0.0.1:" + ports.of(rpc);
  }
}
