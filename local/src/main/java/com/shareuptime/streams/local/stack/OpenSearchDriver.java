package com.shareuptime.streams.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.contract.http.HttpAddress;
import com.shareuptime.streams.contract.http.JsonClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One OpenSearch node with vectors (k-NN). It creates no index by itself. */
final class OpenSearchDriver implements Driver {
  private final StackHome home;
  private final Ports ports;
  private final ServerPrograms programs;
  private final JsonClient rest;

  OpenSearchDriver(StackHome home, Ports ports, ServerPrograms programs) {
    this.home = home;
    this.ports = ports;
    this.programs = programs;
    this.rest = new JsonClient("OpenSearch", HttpAddress.of(address()), CHECK_PATIENCE);
  }

  @Override
  public Server server() {
    return Server.OPENSEARCH;
  }

  @Override
  public List<Port> ports() {
    return List.of(Port.OPENSEARCH, Port.OPENSEARCH_TRANSPORT);
  }

  @Override
  public void prepare() throws IOException {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve("opensearch.yml"), settings());
    Files.writeString(home.conf("opensearch-log4j2.properties"), LOGGING);
  }

  /** Of a node everything is looked for in one folder: its settings, and what they name. */
  private Path folder() {
    return home.conf("opensearch");
  }

  private String settings() {
    return """
    cluster.name: streams-local
    node.name: local
    discovery.type: single-node
    network.host: 127.0.0.1
    http.port: %d
    transport.port: %d
    path.data: "%s"
    action.auto_create_index: false
    # short, so that a busy node refuses writes (429) here as a busy cluster does
    thread_pool.write.queue_size: 16
    # the stack looks at the disk when it starts; what fills it later must not stop all writes
    cluster.routing.allocation.disk.threshold_enabled: false
    """
        .formatted(
            ports.of(Port.OPENSEARCH),
            ports.of(Port.OPENSEARCH_TRANSPORT),
            home.data(Server.OPENSEARCH));
  }

  private static final String LOGGING =
      """
      rootLogger.level = WARN
      rootLogger.appenderRef.console.ref = console
      appender.console.type = Console
      appender.console.name = console
      appender.console.layout.type = PatternLayout
      appender.console.layout.pattern = %d %-5p %c{1} - %m%n
      logger.node.name = org.opensearch.node.Node
      logger.node.level = INFO
      # warns of every change of the cluster, and of every search
      logger.allocation.name = org.opensearch.cluster.routing.allocation.AllocationService
      logger.allocation.level = ERROR
      logger.workload.name = org.opensearch.wlm.QueryGroupTask
      logger.workload.level = ERROR
      """;

  @Override
  public List<String> command() {
    return List.of(
        ServerPrograms.java(),
        "-Xms512m",
        "-Xmx1g",
        "-XX:+UseSerialGC",
        // the second compiler only for what is hot: by default it takes half of the start's time
        "-XX:Tier4InvocationThreshold=50000",
        "-XX:Tier4CompileThreshold=150000",
        "-XX:+ExitOnOutOfMemoryError",
        "-Djava.awt.headless=true",
        "-Dlog4j2.configurationFile=" + home.conf("opensearch-log4j2.properties"),
        "-cp",
        programs.openSearchClassPath(),
        "com.shareuptime.streams.local.opensearch.OpenSearchNode",
        folder().toString());
  }

  /** Well when every primary shard has been recovered; replicas have nowhere to be. */
  @Override
  public void check() throws IOException, InterruptedException {
    String status = rest.ask("GET", "/_cluster/health", "").path("status").asText();
    if (!status.equals("green") && !status.equals("yellow")) {
      throw new IOException("its cluster is " + status + notStarted());
    }
  }

  /** What keeps the cluster red, as only the server knows. */
  private String notStarted() throws IOException, InterruptedException {
    StringBuilder shards = new StringBuilder();
    String columns = "index,shard,prirep,state,unassigned.reason,unassigned.details";
    for (JsonNode shard : rest.ask("GET", "/_cat/shards?format=json&h=" + columns, "")) {
      if (shard.path("prirep").asText().equals("p")
          && !shard.path("state").asText().equals("STARTED")) {
        shards
            .append("; shard ")
            .append(shard.path("shard").asText())
            .append(" of ")
            .append(shard.path("index").asText())
            .append(" is ")
            .append(shard.path("state").asText())
            .append(' ')
            .append(shard.path("unassigned.reason").asText(""))
            .append(' ')
            .append(shard.path("unassigned.details").asText(""));
      }
    }
    return shards.toString();
  }

  @Override
  public String address() {
    return "http://127.0.0.1:" + ports.of(Port.OPENSEARCH);
  }
}
