package com.shareuptime.streams.sink.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.contract.http.HttpAddress;
import com.shareuptime.streams.option.OpenSearchAddress;
import com.shareuptime.streams.sink.BatchWriter;
import com.shareuptime.streams.sink.opensearch.BulkAnswer.Result;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes documents by bulk requests of a few megabytes. A document that the index has in a newer
 * version is done; one whose content it refuses is rejected; all else (a full queue, an index that
 * is read-only, closed or missing, a cluster that is away) is tried again, and of a batch only what
 * is not done yet. What is written becomes visible to searches by {@link #publish}.
 */
public final class BulkWriter<T> implements BatchWriter<T> {
  private static final long serialVersionUID = 1L;
  private static final int MAX_REQUEST = 5 << 20;
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(3);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
  private static final long SIZE_EVERY_NANOS = Duration.ofSeconds(30).toNanos();
  private static final byte[] NOTHING = {};
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Logger LOG = LoggerFactory.getLogger(BulkWriter.class);

  private final OpenSearchAddress address;
  private final String index;
  private final BulkMapping<T> mapping;

  private transient HttpClient client;
  private transient volatile CompletableFuture<?> inFlight;
  private transient volatile boolean closed;
  private transient List<T> batch;
  private transient List<T> unfinished;
  private transient List<Rejection<T>> rejections;
  private transient Counter stale;
  private transient Counter retried;
  private transient Counter requests;
  private transient Counter bytes;
  private transient long sizeNanos;
  private transient volatile long indexBytes;
  private transient volatile long indexDocuments;

  /**
   * @param index the concrete one that is written, to be made visible as a whole
   */
  public BulkWriter(OpenSearchAddress address, String index, BulkMapping<T> mapping) {
    this.address = address;
    this.index = index;
    this.mapping = mapping;
  }

  @Override
  public void open(MetricGroup metrics) {
    stale = metrics.counter("staleWrites");
    retried = metrics.counter("retriedItems");
    requests = metrics.counter("bulkRequests");
    bytes = metrics.counter("bulkBytes");
    metrics.gauge("indexBytes", () -> indexBytes);
    metrics.gauge("indexDocuments", () -> indexDocuments);
    sizeNanos = System.nanoTime() - SIZE_EVERY_NANOS;
    client = HttpAddress.client(CONNECT_WITHIN);
  }

  @Override
  public List<Rejection<T>> write(List<T> all) throws Exception {
    if (batch != all) {
      batch = all;
      unfinished = all;
      rejections = new ArrayList<>();
    }
    List<T> later = new ArrayList<>();
    String reason = "";
    int from = 0;
    while (from < unfinished.size()) {
      int to = end(from);
      List<T> some = unfinished.subList(from, to);
      String refusal = send(some, later);
      reason = refusal.isEmpty() ? reason : refusal;
      from = to;
    }
    unfinished = later;
    if (!later.isEmpty()) {
      retried.inc(later.size());
      throw new IOException(
          "OpenSearch at %s takes %d of %d documents later: %s"
              .formatted(address.url(), later.size(), all.size(), reason));
    }
    batch = null;
    return rejections;
  }

  /** Where a request that begins at {@code from} is large enough. */
  private int end(int from) {
    int size = 0;
    int to = from;
    while (to < unfinished.size() && (size == 0 || size < MAX_REQUEST)) {
      size += mapping.of(unfinished.get(to)).size();
      to++;
    }
    return to;
  }

  /** Returns why something has to be sent again, or an empty text. */
  private String send(List<T> values, List<T> later) throws Exception {
    List<BulkItem> items = values.stream().map(mapping::of).toList();
    byte[] body = BulkRequest.of(items);
    requests.inc();
    bytes.inc(body.length);
    BulkAnswer answer = BulkAnswer.parse(exchange("POST", "/_bulk", body));
    String reason = "";
    for (int i = 0; i < items.size(); i++) {
      Result result = answer.of(items.get(i));
      switch (result.verdict()) {
        case DONE -> {}
        case STALE -> stale.inc();
        case REFUSED -> rejections.add(new Rejection<>(values.get(i), result.detail()));
        case LATER -> {
          later.add(values.get(i));
          reason = result.detail();
        }
      }
    }
    return reason;
  }

  @Override
  public boolean hidesUntilPublished() {
    return true;
  }

  /**
   * A refresh: only then searches find what was written, and only in the shards that have done it.
   * A shard without a node counts as neither done nor failed.
   */
  @Override
  public void publish() throws Exception {
    JsonNode shards =
        JSON.readTree(exchange("POST", "/" + index + "/_refresh", NOTHING)).path("_shards");
    if (shards.path("failed").asInt() > 0 || shards.path("successful").asInt() == 0) {
      throw new IOException(
          "OpenSearch at %s has not refreshed all shards of %s: %s"
              .formatted(address.url(), index, shards));
    }
    if (System.nanoTime() - sizeNanos >= SIZE_EVERY_NANOS) {
      sizeNanos = System.nanoTime();
      lookAtSize();
    }
  }

  /** Only to be shown: whether this fails has no say in whether something is written. */
  private void lookAtSize() throws InterruptedException {
    try {
      String path = "/" + index + "/_stats/docs,store?filter_path=_all.primaries";
      JsonNode primaries = JSON.readTree(exchange("GET", path, NOTHING)).at("/_all/primaries");
      indexBytes = primaries.at("/store/size_in_bytes").asLong();
      indexDocuments = primaries.at("/docs/count").asLong();
    } catch (IOException | ExecutionException e) {
      LOG.info("the size of the index {} is not known: {}", index, e.getMessage());
    }
  }

  private byte[] exchange(String method, String path, byte[] body)
      throws IOException, InterruptedException, ExecutionException {
    HttpRequest request =
        address
            .http()
            .request(path)
            .timeout(ANSWER_WITHIN)
            .header("Content-Type", "application/x-ndjson")
            .method(method, BodyPublishers.ofByteArray(body))
            .build();
    var answer = client.sendAsync(request, BodyHandlers.ofByteArray());
    inFlight = answer;
    if (closed) {
      throw new IOException("closed while writing");
    }
    HttpResponse<byte[]> response = answer.get();
    if (response.statusCode() >= 300) {
      String words = new String(response.body(), StandardCharsets.UTF_8);
      throw new IOException(
          "OpenSearch answers %s %s with %d: %s"
              .formatted(
                  method,
                  path,
                  response.statusCode(),
                  words.substring(0, Math.min(500, words.length()))));
    }
    return response.body();
  }

  @Override
  public void close() {
    closed = true;
    CompletableFuture<?> open = inFlight;
    if (open != null) {
      open.cancel(true);
    }
  }
}
