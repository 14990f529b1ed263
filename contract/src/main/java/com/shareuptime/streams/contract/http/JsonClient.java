package com.shareuptime.streams.contract.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Asks one server, which answers in JSON. For all threads. */
public final class JsonClient {
  private static final int NOT_FOUND = 404;
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

  private final String server;
  private final HttpAddress address;
  private final Duration patience;
  private HttpClient http;

  /**
   * @param server its name in messages
   * @param patience for an answer
   */
  public JsonClient(String server, HttpAddress address, Duration patience) {
    this.server = server;
    this.address = address;
    this.patience = patience;
  }

  public HttpAddress address() {
    return address;
  }

  /**
   * The answer to a question.
   *
   * @param body JSON, or an empty text
   * @throws HttpServerException if the server does not answer, or refuses
   */
  public JsonNode ask(String method, String path, String body)
      throws HttpServerException, InterruptedException {
    return required(method, path, exchange(method, path, body));
  }

  /** The same with a body of another kind. */
  public JsonNode ask(String method, String path, String contentType, BodyPublisher body)
      throws HttpServerException, InterruptedException {
    return required(method, path, exchange(method, path, contentType, body));
  }

  /** The same of what may not be there: then it is empty. */
  public Optional<JsonNode> askIfThere(String method, String path, String body)
      throws HttpServerException, InterruptedException {
    HttpAnswer answer = exchange(method, path, body);
    return answer.status() == NOT_FOUND
        ? Optional.empty()
        : Optional.of(required(method, path, answer));
  }

  /**
   * The answer, whatever its status is.
   *
   * @throws HttpServerException if there is none
   */
  public HttpAnswer exchange(String method, String path, String body)
      throws HttpServerException, InterruptedException {
    return exchange(method, path, "application/json", BodyPublishers.ofString(body));
  }

  private HttpAnswer exchange(String method, String path, String contentType, BodyPublisher body)
      throws HttpServerException, InterruptedException {
    try {
      HttpResponse<byte[]> answer =
          http()
              .send(
                  address
                      .request(path)
                      .timeout(patience)
                      .header("Content-Type", contentType)
                      .method(method, body)
                      .build(),
                  BodyHandlers.ofByteArray());
      return new HttpAnswer(answer.statusCode(), answer.body());
    } catch (IOException e) {
      throw HttpServerException.away(server, address, method + " " + path, e);
    }
  }

  /** Made with the first question, as many a client is asked none. */
  private synchronized HttpClient http() {
    if (http == null) {
      http = HttpAddress.client(CONNECT_WITHIN);
    }
    return http;
  }

  private JsonNode required(String method, String path, HttpAnswer answer)
      throws HttpServerException {
    if (!answer.isGood()) {
      throw HttpServerException.refused(server, address, method + " " + path, answer);
    }
    try {
      return answer.json();
    } catch (IOException e) {
      throw HttpServerException.away(server, address, method + " " + path, e);
    }
  }
}
