package com.shareuptime.streams.archive.sink;

import com.shareuptime.streams.archive.letter.LetterDocument;
import com.shareuptime.streams.option.OpenSearchAddress;
import com.shareuptime.streams.sink.opensearch.OpenSearchClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.connector.opensearch.sink.Opensearch2Sink;
import org.apache.flink.connector.opensearch.sink.Opensearch2SinkBuilder;
import org.apache.flink.connector.opensearch.sink.OpensearchEmitter;
import org.apache.flink.connector.opensearch.sink.RequestIndexer;
import org.apache.flink.connector.opensearch.sink.RestClientFactory;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.message.BasicHeader;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.common.xcontent.XContentType;

/** The index {@code dead-letters}, one document a letter. A start makes it if it is missing. */
public final class LetterIndex implements OpensearchEmitter<LetterDocument> {
  private static final long serialVersionUID = 1L;

  static final String NAME = "dead-letters";

  private final OpenSearchAddress address;

  private LetterIndex(OpenSearchAddress address) {
    this.address = address;
  }

  /** A sink of at least once: a letter that comes again is the same document. */
  public static Opensearch2Sink<LetterDocument> sink(OpenSearchAddress address) {
    URI url = address.url();
    return new Opensearch2SinkBuilder<LetterDocument>()
        .setHosts(new HttpHost(url.getHost(), url.getPort(), url.getScheme()))
        .setRestClientFactory(asNamed(address))
        .setEmitter(new LetterIndex(address))
        .setBulkFlushMaxActions(500)
        .setBulkFlushMaxSizeMb(5)
        .setBulkFlushInterval(1_000)
        .build();
  }

  /**
   * Below the path of the address, in the name of its user. The password is read where it is used:
   * the connector's own way has it in the job graph.
   */
  static RestClientFactory asNamed(OpenSearchAddress address) {
    return (client, config) -> {
      String path = URI.create(address.http().toString()).getPath();
      if (!path.isEmpty()) {
        client.setPathPrefix(path);
      }
      address
          .http()
          .authorization()
          .ifPresent(
              basic ->
                  client.setDefaultHeaders(new Header[] {new BasicHeader("Authorization", basic)}));
    };
  }

  @Override
  public void open() throws IOException, InterruptedException {
    OpenSearchClient cluster = new OpenSearchClient(address);
    if (isMissing(cluster)) {
      try (InputStream json =
          LetterIndex.class.getResourceAsStream("/opensearch/dead-letters.json")) {
        cluster.ask("PUT", "/" + NAME, new String(json.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        if (isMissing(cluster)) { // else another subtask was first
          throw e;
        }
      }
    }
  }

  private static boolean isMissing(OpenSearchClient cluster)
      throws IOException, InterruptedException {
    return cluster.ask("GET", "/" + NAME + "?ignore_unavailable=true", "").isEmpty();
  }

  @Override
  public void emit(LetterDocument letter, SinkWriter.Context context, RequestIndexer indexer) {
    indexer.add(new IndexRequest(NAME).id(letter.id()).source(letter.json(), XContentType.JSON));
  }
}
