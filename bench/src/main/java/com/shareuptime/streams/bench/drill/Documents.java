package com.shareuptime.streams.bench.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.local.traffic.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Documents that searches find: with another text, deleted, and copied to ids that nobody has. */
final class Documents implements Spoiler {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NOT_FOUND = 404;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Target.Type type;
  private final URI url;
  private final Connection connection;
  private final Targets targets;
  private final HttpClient client = HttpClient.newHttpClient();
  private final String index;

  Documents(Addresses addresses, Target.Type type) throws SQLException {
    this.type = type;
    this.url = URI.create(addresses.openSearchUrl());
    this.connection = addresses.connect();
    this.targets = new Targets(connection);
    this.index = ask("GET", "/_alias/" + type.table(), null).fieldNames().next();
  }

  @Override
  public String surface() {
    return "search." + type.table();
  }

  @Override
  public List<Spoiled> spoil(int rows, SplittableRandom random) throws SQLException {
    List<Spoiled> spoiled = new ArrayList<>();
    List<String> found = targets.found(type, rows, random);
    long added = 0;
    for (String key : found) {
      long id = Spoiled.id(key);
      JsonNode document = ask("GET", path("_doc", id), null);
      if (!document.path("found").asBoolean()
          || document.path("_source").path("hidden").asBoolean()) {
        continue; // on its way to the index, or to be hidden
      }
      switch (random.nextInt(3)) {
        case 0 -> spoiled.add(new Spoiled(surface(), key, changed(id)));
        case 1 -> spoiled.add(new Spoiled(surface(), key, deleted(id)));
        default -> {
          long unused = FIRST_UNUSED + added++;
          String left = added(unused, document.path("_source"));
          spoiled.add(new Spoiled(surface(), type.label() + ":" + unused, left));
        }
      }
    }
    ask("POST", "/" + index + "/_refresh", null);
    return spoiled;
  }

  private String changed(long id) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("doc").put(type.textColumn(), "spoiled by hand");
    return state(ask("POST", path("_update", id), body));
  }

  private String deleted(long id) {
    ask("DELETE", path("_doc", id), null);
    return ABSENT;
  }

  private String added(long id, JsonNode of) {
    return state(ask("PUT", path("_doc", id), ((ObjectNode) of.deepCopy()).put("id", id)));
  }

  private String path(String what, long id) {
    return "/" + index + "/" + what + "/" + id;
  }

  /** Another number after each write. */
  private static String state(JsonNode answer) {
    return answer.path("_seq_no").asText(ABSENT);
  }

  @Override
  public String read(Spoiled row) {
    return state(ask("GET", path("_doc", row.id()), null));
  }

  @Override
  public boolean isStillWrong(Spoiled row) throws SQLException {
    return row.id() >= FIRST_UNUSED || targets.exists(row.key());
  }

  private JsonNode ask(String method, String path, JsonNode body) {
    try {
      HttpResponse<byte[]> answer =
          client.send(
              HttpRequest.newBuilder(url.resolve(path))
                  .timeout(PATIENCE)
                  .header("Content-Type", "application/json")
                  .method(
                      method,
                      body == null
                          ? BodyPublishers.noBody()
                          : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                  .build(),
              BodyHandlers.ofByteArray());
      if (answer.statusCode() >= 300 && answer.statusCode() != NOT_FOUND) {
        throw new IOException(
            "%s %s is answered by %d".formatted(method, path, answer.statusCode()));
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
