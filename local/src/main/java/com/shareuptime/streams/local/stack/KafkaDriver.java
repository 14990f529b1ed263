package com.shareuptime.streams.local.stack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** One Kafka broker that is its own controller (KRaft). It creates no topic by itself. */
final class KafkaDriver implements Driver {
  private static final int PATIENCE_SECONDS = 8;
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

  private final StackHome home;
  private final Ports ports;
  private final ServerPrograms programs;

  KafkaDriver(StackHome home, Ports ports, ServerPrograms programs) {
    this.home = home;
    this.ports = ports;
    this.programs = programs;
  }

  @Override
  public Server server() {
    return Server.KAFKA;
  }

  @Override
  public List<Port> ports() {
    return List.of(Port.KAFKA, Port.KAFKA_CONTROLLER);
  }

  @Override
  public void prepare() throws IOException {
    Files.writeString(home.conf("kafka.properties"), properties());
    Files.writeString(home.conf("kafka-log4j2.properties"), LOGGING);
    if (!Files.exists(home.data(Server.KAFKA).resolve("meta.properties"))) {
      Tool.require(
          List.of(
              ServerPrograms.java(),
              "-XX:TieredStopAtLevel=1",
              "-Dlog4j2.configurationFile=" + home.conf("kafka-log4j2.properties"),
              "-cp",
              programs.kafkaClassPath(),
              "kafka.tools.StorageTool",
              "format",
              "--cluster-id",
              clusterId(),
              "--config",
              home.conf("kafka.properties").toString()));
    }
  }

  private static String clusterId() {
    UUID random = UUID.randomUUID();
    ByteBuffer bytes = ByteBuffer.allocate(16);
    bytes.putLong(
        random.getMostSignificantBits() & Long.MAX_VALUE); // an id must not start with '-'
    bytes.putLong(random.getLeastSignificantBits());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  private String properties() {
    return """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$d
        listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
        controller.listener.names=CONTROLLER
        inter.broker.listener.name=PLAINTEXT
        log.dirs=%3$s
        auto.create.topics.enable=false
        num.partitions=4
        # above our own limit of 1 MiB an event, so that a larger one reaches the dead letters
        message.max.bytes=2097152
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=4
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=4
        # a killed broker may come back once its old session has ended
        broker.session.timeout.ms=6000
        broker.heartbeat.interval.ms=500
        group.initial.rebalance.delay.ms=0
        controlled.shutdown.max.retries=1
        """
        .formatted(ports.of(Port.KAFKA), ports.of(Port.KAFKA_CONTROLLER), home.data(Server.KAFKA));
  }

  private static final String LOGGING =
      """
      rootLogger.level = WARN
      rootLogger.appenderRef.console.ref = console
      appender.console.type = Console
      appender.console.name = console
      appender.console.layout.type = PatternLayout
      appender.console.layout.pattern = %d %-5p %c{1} - %m%n
      logger.server.name = kafka.server.KafkaRaftServer
      logger.server.level = INFO
      """;

  @Override
  public List<String> command() {
    return List.of(
        ServerPrograms.java(),
        "-Xms256m",
        "-Xmx512m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1", // copies bytes; the second compiler would take a core for a
        // minute
        "-XX:+ExitOnOutOfMemoryError",
        "-Djava.awt.headless=true",
        "-Dlog4j2.configurationFile=" + home.conf("kafka-log4j2.properties"),
        "-cp",
        programs.kafkaClassPath(),
        "kafka.Kafka",
        home.conf("kafka.properties").toString());
  }

  @Override
  public void check() throws Exception {
    Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 8_000));
    try {
      if (admin.describeCluster().nodes().get(PATIENCE_SECONDS, TimeUnit.SECONDS).isEmpty()) {
        throw new IOException("no broker is registered yet");
      }
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + PATIENCE_SECONDS + " s", e);
    } finally {
      // now and then its thread misses that it is to end, and would be waited for up to 20 minutes
      admin.close(CLOSE_PATIENCE);
    }
  }

  @Override
  public String address() {
    return "127.0.0.1:" + ports.of(Port.KAFKA);
  }
}
