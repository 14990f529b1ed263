package com.shareuptime.streams.local.stack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/** The ZooKeeper that comes inside Flink: it remembers the running jobs for a new job manager. */
final class ZooKeeperDriver implements Driver {
  private static final int TIMEOUT_MILLIS = 2_000;

  private final StackHome home;
  private final int port;
  private final ServerPrograms programs;

  ZooKeeperDriver(StackHome home, Ports ports, ServerPrograms programs) {
    this.home = home;
    this.port = ports.of(Port.ZOOKEEPER);
    this.programs = programs;
  }

  @Override
  public Server server() {
    return Server.ZOOKEEPER;
  }

  @Override
  public List<Port> ports() {
    return List.of(Port.ZOOKEEPER);
  }

  @Override
  public void prepare() throws IOException {
    Files.createDirectories(home.data(Server.ZOOKEEPER));
    Files.writeString(
        home.conf("zookeeper.properties"),
        """
        dataDir=%s
        clientPort=%d
        clientPortAddress=127.0.0.1
        tickTime=1000
        initLimit=10
        syncLimit=5
        admin.enableServer=false
        4lw.commands.whitelist=ruok,srvr
        autopurge.snapRetainCount=3
        autopurge.purgeInterval=1
        """
            .formatted(home.data(Server.ZOOKEEPER), port));
    Files.writeString(home.conf("zookeeper-log4j2.properties"), LOGGING);
  }

  private static final String LOGGING =
      """
      rootLogger.level = WARN
      rootLogger.appenderRef.console.ref = console
      appender.console.type = Console
      appender.console.name = console
      appender.console.layout.type = PatternLayout
      appender.console.layout.pattern = %d %-5p %c{1} - %m%n
      """;

  @Override
  public List<String> command() {
    return List.of(
        ServerPrograms.java(),
        "-Xmx128m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Dlog4j2.configurationFile=" + home.conf("zookeeper-log4j2.properties"),
        // else the node of an election without candidates may go while a job manager's session
        // has ended, and that one is never elected again (CURATOR-724)
        "-Dznode.container.checkIntervalMs=" + Integer.MAX_VALUE,
        "-cp",
        programs.flinkClassPath(),
        "org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer",
        "--zkConfigFile",
        home.conf("zookeeper.properties").toString(),
        "--peerId",
        "1");
  }

  @Override
  public void check() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write("ruok".getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      if (!answer.equals("imok")) {
        throw new IOException("ruok was answered with '" + answer + "'");
      }
    }
  }

  @Override
  public String address() {
    return "127.0.0.1:" + port;
  }
}
