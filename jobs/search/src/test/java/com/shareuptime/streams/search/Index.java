package com.shareuptime.streams.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.search.DocumentIndex;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** The real OpenSearch, as a product service sees it. */
final class Index {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI url;

  Index(String url) {
    this.url = URI.create(url);
  }

  /** Makes the index of a type anew, as the job's resources have it. */
  void create(DocumentType type, String index, IdKinds kinds) throws Exception {
    ask("DELETE", "/" + index + "?ignore_unavailable=true", "");
    Target.Type target = Target.Type.of(type.target());
    JsonNode answer = ask("PUT", "/" + index, DocumentIndex.of(target, kinds).toString());
    if (!answer.path("acknowledged").asBoolean()) {
      throw new IOException("the index was not made: " + answer);
    }
  }

  /** What a search of the alias finds. */
  JsonNode search(String alias, String query) throws Exception {
    return ask("POST", "/" + alias + "/_search", query).path("hits");
  }

  /** One document as a search of the alias finds it; missing if it does not. */
  JsonNode document(String alias, long id) throws Exception {
    return document(alias, Id.of(id));
  }

  JsonNode document(String alias, Id id) throws Exception {
    return search(alias, "{\"query\":{\"term\":{\"id\":%s}}}".formatted(IdJson.node(id)))
        .path("hits")
        .path(0)
        .path("_source");
  }

  JsonNode ask(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve(path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
    return JSON.readTree(response.body());
  }
}
