package com.shareuptime.streams.proof.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.proof.console.LiveStatus.Rates;
import com.shareuptime.streams.proof.console.LiveStatus.Row;
import com.shareuptime.streams.proof.console.LiveStatus.SurfaceLag;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleServerTest {
  private static final LiveStatus STATUS =
      new LiveStatus(
          Instant.parse("2026-01-02T03:04:05Z"),
          new Rates(512, 498, 10_000, 9_900, 3),
          List.of(
              new SurfaceLag("counters.redis", "0/1A2B", 420),
              new SurfaceLag("counters.postgres", "", -1)),
          List.of(new Row("post:42", Counts.of(7, 2, 1), Counts.of(6, 2, 1), null)),
          Map.of("malformed", 5L),
          List.of("kafka"),
          Map.of("Flink", "http://127.0.0.1:41005"));

  @Test
  void thePageAsksForTheStatusAndGetsWhatTheTerminalShows() throws Exception {
    try (ConsoleServer console = new ConsoleServer(0)) {
      console.show(STATUS);

      assertThat(get(console, "/").body()).contains("status.json").doesNotContain("https://");
      JsonNode status = new ObjectMapper().readTree(get(console, "/status.json").body());
      assertThat(status.at("/at").asText()).isEqualTo("2026-01-02T03:04:05Z");
      assertThat(status.at("/surfaces/0/lagMillis").asInt()).isEqualTo(420);
      assertThat(status.at("/top/0/truth/likes").asInt()).isEqualTo(7);
      assertThat(status.at("/top/0/redis").isNull()).isTrue();
      assertThat(status.at("/deadLetters/malformed").asInt()).isEqualTo(5);
      assertThat(get(console, "/secrets").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void theTerminalShowsRatesLagsCountsDeadLettersAndAddresses() {
    assertThat(TerminalView.render(STATUS))
        .contains("512 events/s")
        .contains("420 ms", "counters.redis", "starting", "counters.postgres")
        .contains("7 / 2 / 1", "6 / 2 / 1", "–")
        .contains("malformed=5")
        .contains("away      kafka")
        .contains("http://127.0.0.1:41005");
  }

  private static HttpResponse<String> get(ConsoleServer console, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + console.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
