package com.shareuptime.streams.sink.opensearch;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.option.OpenSearchAddress;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that answers what it is told to. */
class BulkWriterTest {
  private HttpServer server;
  private BulkWriter<BulkItem> writer;
  private volatile String refresh;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean isRefresh = exchange.getRequestURI().getPath().endsWith("/_refresh");
          byte[] answer = (isRefresh ? refresh : "{}").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    URI url = URI.create("http://localhost:" + server.getAddress().getPort());
    writer = new BulkWriter<>(new OpenSearchAddress(url, null, null), "posts_v1", item -> item);
    writer.open(new UnregisteredMetricsGroup());
  }

  @AfterEach
  void stop() {
    writer.close();
    server.stop(0);
  }

  private static String shards(int total, int successful, int failed) {
    return "{\"_shards\":{\"total\":%d,\"successful\":%d,\"failed\":%d}}"
        .formatted(total, successful, failed);
  }

  @Test
  void aRefreshThatHasFailedOnSomeShardsHasPublishedNothing() {
    refresh = shards(4, 3, 1);
    assertThatThrownBy(() -> writer.publish()).isInstanceOf(IOException.class);
  }

  /** So a shard answers that is assigned to no node: it counts neither way. */
  @Test
  void aRefreshThatNoShardHasDoneHasPublishedNothing() {
    refresh = shards(2, 0, 0);
    assertThatThrownBy(() -> writer.publish()).isInstanceOf(IOException.class);
  }

  @Test
  void aReplicaThatIsAssignedToNoNodeHidesNothing() {
    refresh = shards(2, 1, 0);
    assertThatCode(() -> writer.publish()).doesNotThrowAnyException();
  }
}
