package com.shareuptime.streams.sink.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.option.OpenSearchAddress;
import java.io.IOException;

/** An index as a whole: what it holds, and what should never have been in it. */
public final class IndexAdmin {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE = 5_000;

  private final OpenSearchClient cluster;
  private final String index;

  public IndexAdmin(OpenSearchAddress address, String index) {
    this.cluster = new OpenSearchClient(address);
    this.index = index;
  }

  /** Is told of each document: the name under which it is kept, and its version. */
  @FunctionalInterface
  public interface Seen {
    void document(String name, long version) throws IOException, InterruptedException;
  }

  /**
   * Lists all documents, also those that no alias shows.
   *
   * @throws IOException if the cluster is away, or there is no such index
   */
  public void list(Seen seen) throws IOException, InterruptedException {
    cluster.ask("POST", "/" + index + "/_refresh", "");
    JsonNode page =
        cluster.ask(
            "POST",
            "/" + index + "/_search?scroll=2m",
            "{\"size\":%d,\"_source\":false,\"version\":true,\"sort\":[\"_doc\"]}".formatted(PAGE));
    while (!page.path("hits").path("hits").isEmpty()) {
      for (JsonNode hit : page.path("hits").path("hits")) {
        seen.document(hit.path("_id").asText(), hit.path("_version").asLong());
      }
      page =
          cluster.ask(
              "POST",
              "/_search/scroll",
              JSON.createObjectNode()
                  .put("scroll", "2m")
                  .put("scroll_id", page.path("_scroll_id").asText())
                  .toString());
    }
    cluster.ask(
        "DELETE",
        "/_search/scroll",
        JSON.createObjectNode().put("scroll_id", page.path("_scroll_id").asText()).toString());
  }

  /** Removes documents, and their versions at once, which else would be remembered for a minute. */
  public void forget(Iterable<String> names) throws IOException, InterruptedException {
    StringBuilder bulk = new StringBuilder();
    for (String name : names) {
      var item = JSON.createObjectNode();
      item.putObject("delete").put("_index", index).put("_id", name);
      bulk.append(item).append('\n');
    }
    setting("\"0s\"");
    cluster.ask("POST", "/_bulk", bulk.toString());
    cluster.ask("POST", "/" + index + "/_refresh", "");
    setting("null");
  }

  private void setting(String gcDeletes) throws IOException, InterruptedException {
    cluster.ask("PUT", "/" + index + "/_settings", "{\"index.gc_deletes\":" + gcDeletes + "}");
  }
}
