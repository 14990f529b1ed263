package com.shareuptime.streams.local.stack;

import com.shareuptime.streams.contract.http.HttpAddress;
import com.shareuptime.streams.contract.http.JsonClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Flink's job manager with its web interface; it takes over the jobs that ZooKeeper remembers. */
final class JobManagerDriver implements Driver {
  private final Ports ports;
  private final FlinkFiles files;
  private final JsonClient rest;

  JobManagerDriver(Ports ports, FlinkFiles files) {
    this.ports = ports;
    this.files = files;
    this.rest = new JsonClient("Flink", HttpAddress.of(address()), CHECK_PATIENCE);
  }

  @Override
  public Server server() {
    return Server.JOBMANAGER;
  }

  @Override
  public List<Port> ports() {
    return List.of(Port.FLINK_REST, Port.JOBMANAGER_RPC, Port.BLOB, Port.JOBMANAGER_METRICS);
  }

  @Override
  public void prepare() throws IOException {
    files.write();
  }

  @Override
  public List<String> command() throws IOException {
    List<List<String>> memory = files.memory("GET_JM_RESOURCE_PARAMS");
    List<String> command = new ArrayList<>(files.java(server(), "jobmanager", memory.get(0)));
    command.add("org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint");
    command.addAll(List.of("--configDir", files.folder().toString(), "--executionMode", "cluster"));
    command.add("-Dmetrics.reporter.prometheus.port=" + ports.of(Port.JOBMANAGER_METRICS));
    memory.stream().skip(1).forEach(command::addAll);
    return command;
  }

  @Override
  public boolean writesOwnLog() {
    return true;
  }

  @Override
  public void check() throws IOException, InterruptedException {
    rest.ask("GET", "/v1/overview", "");
  }

  @Override
  public String address() {
    return "http://127.0.0.1:" + ports.of(Port.FLINK_REST);
  }
}
