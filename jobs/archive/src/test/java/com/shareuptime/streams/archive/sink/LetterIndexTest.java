package com.shareuptime.streams.archive.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.option.ConnectionOptions;
import com.shareuptime.streams.option.OpenSearchAddress;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.configuration.Configuration;
import org.apache.http.HttpHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opensearch.client.Request;
import org.opensearch.client.RestClient;
import org.opensearch.client.RestClientBuilder;

class LetterIndexTest {
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        request -> {
          asked.add(
              request.getRequestURI() + " " + request.getRequestHeaders().get("Authorization"));
          request.sendResponseHeaders(200, -1);
          request.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void theSinkAsksBelowThePathOfTheAddressInTheNameOfItsUser(@TempDir Path folder)
      throws Exception {
    ask("/search/", Files.writeString(folder.resolve("password"), "secret"));

    assertThat(asked).containsExactly("/search/_bulk [Basic d3JpdGVyOnNlY3JldA==]");
  }

  @Test
  void withoutPathAndUserItAsksAsAnybody() throws Exception {
    ask("", null);

    assertThat(asked).containsExactly("/_bulk null");
  }

  private void ask(String path, Path password) throws Exception {
    int port = server.getAddress().getPort();
    Configuration options = new Configuration();
    options.set(ConnectionOptions.OPENSEARCH_URL, "http://127.0.0.1:" + port + path);
    if (password != null) {
      options.set(ConnectionOptions.OPENSEARCH_USER, "writer");
      options.set(ConnectionOptions.OPENSEARCH_PASSWORD_FILE, password.toString());
    }
    RestClientBuilder client = RestClient.builder(new HttpHost("127.0.0.1", port, "http"));
    LetterIndex.asNamed(OpenSearchAddress.of(options)).configureRestClientBuilder(client, null);
    try (RestClient connected = client.build()) {
      connected.performRequest(new Request("GET", "/_bulk"));
    }
  }
}
