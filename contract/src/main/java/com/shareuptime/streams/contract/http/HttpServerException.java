package com.shareuptime.streams.contract.http;

import java.io.IOException;
import java.util.Optional;

/** A server that gives no answer, or one that says that it will not do what was asked. */
public final class HttpServerException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Of a long answer, characters that a message shows. */
  private static final int SHOWN = 2_000;

  private final String request;
  private final transient HttpAnswer answer;

  private HttpServerException(
      String message, String request, HttpAnswer answer, IOException cause) {
    super(message, cause);
    this.request = request;
    this.answer = answer;
  }

  static HttpServerException away(
      String server, HttpAddress address, String request, IOException cause) {
    String reason =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new HttpServerException(
        "%s at %s cannot be reached: %s.".formatted(server, address, reason), request, null, cause);
  }

  static HttpServerException refused(
      String server, HttpAddress address, String request, HttpAnswer answer) {
    String text = answer.text();
    return new HttpServerException(
        "%s at %s answers %s with %d: %s"
            .formatted(
                server,
                address,
                request,
                answer.status(),
                text.substring(0, Math.min(SHOWN, text.length()))),
        request,
        answer,
        null);
  }

  /** What was asked: method and path. */
  public String request() {
    return request;
  }

  /** The refusal; empty where nothing was answered. */
  public Optional<HttpAnswer> refusal() {
    return Optional.ofNullable(answer);
  }
}
