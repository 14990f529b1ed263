package com.shareuptime.streams.contract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that answers what it is told to. */
class JsonClientTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final AtomicReference<String> asked = new AtomicReference<>();
  private final AtomicReference<String> authorization = new AtomicReference<>();

  private HttpServer server;
  private String url;
  private volatile int status = 200;
  private volatile String answer = "{\"n\":1}";
  private volatile String password = "first";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    url = "http://localhost:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.set(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
    authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private JsonClient client() {
    HttpAddress address =
        new HttpAddress(URI.create(url + "/"), Optional.of("reader"), () -> password);
    return new JsonClient("OpenSearch", address, PATIENCE);
  }

  @Test
  void aQuestionIsAskedAsItIs() throws Exception {
    assertThat(client().ask("POST", "/posts/_search?size=1", "{}").path("n").asLong()).isOne();
    assertThat(asked).hasValue("POST /posts/_search?size=1 {}");
  }

  @Test
  void aSmallNumberEqualsALargeOne() throws Exception {
    answer = "[1,4294967296]";
    assertThat(client().ask("GET", "/", "")).allMatch(number -> number.isLong());
  }

  @Test
  void aNewPasswordIsUsedWithTheNextQuestion() throws Exception {
    JsonClient client = client();
    client.ask("GET", "/", "");
    assertThat(authorization).hasValue("Basic cmVhZGVyOmZpcnN0");
    password = "second";
    client.ask("GET", "/", "");
    assertThat(authorization).hasValue("Basic cmVhZGVyOnNlY29uZA==");
  }

  @Test
  void aRefusalSaysWhatWasAskedAndWhatWasAnsweredButNotAsWhom() {
    status = 403;
    answer = "no permissions";
    assertThatThrownBy(() -> client().ask("GET", "/posts/_count", ""))
        .isInstanceOfSatisfying(
            HttpServerException.class, e -> assertThat(e.refusal().get().status()).isEqualTo(403))
        .hasMessage(
            "OpenSearch at %s answers GET /posts/_count with 403: no permissions".formatted(url));
  }

  @Test
  void whatAnswersNoJsonIsAway() {
    answer = "<html>";
    assertThatThrownBy(() -> client().ask("GET", "/", ""))
        .isInstanceOfSatisfying(HttpServerException.class, e -> assertThat(e.refusal()).isEmpty());
  }

  @Test
  void aServerThatIsAwayIsNamed() {
    JsonClient nobody = new JsonClient("Flink", HttpAddress.of("http://127.0.0.1:1"), PATIENCE);
    assertThatThrownBy(() -> nobody.ask("GET", "/", ""))
        .isInstanceOf(HttpServerException.class)
        .hasMessageStartingWith("Flink at http://127.0.0.1:1 cannot be reached: ");
  }

  @Test
  void anAddressHoldsNoPassword() {
    assertThatThrownBy(() -> HttpAddress.of("http://reader:secret@localhost:9200"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }
}
