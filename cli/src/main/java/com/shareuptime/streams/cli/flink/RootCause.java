package com.shareuptime.streams.cli.flink;

import com.fasterxml.jackson.databind.JsonNode;

/** Finds the sentence that says what went wrong in a Java stack trace as text. */
final class RootCause {
  private static final String CAUSED_BY = "Caused by: ";

  private RootCause() {}

  static String of(JsonNode failure) {
    String trace =
        failure.isTextual()
            ? failure.asText()
            : failure.path("stack-trace").asText(failure.toString());
    return of(trace);
  }

  /** The message of the innermost cause, with all its lines but without frames. */
  static String of(String trace) {
    int begin = trace.lastIndexOf(CAUSED_BY);
    String cause = begin < 0 ? trace : trace.substring(begin + CAUSED_BY.length());
    int frames = cause.indexOf("\n\tat ");
    String message = frames < 0 ? cause : cause.substring(0, frames);
    int end = message.indexOf("\nEnd of exception on server side");
    return (end < 0 ? message : message.substring(0, end)).strip();
  }
}
