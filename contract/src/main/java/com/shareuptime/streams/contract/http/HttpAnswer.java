package com.shareuptime.streams.contract.http;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a server has answered. */
public record HttpAnswer(int status, byte[] body) {
  /** A small number is read as a large one, so that the two are equal. */
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);

  public boolean isGood() {
    return status < 300;
  }

  /**
   * Its body.
   *
   * @throws IOException if it is no JSON
   */
  public JsonNode json() throws IOException {
    return JSON.readTree(body);
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
