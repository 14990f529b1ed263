package com.shareuptime.streams.reconcile.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.EpochMicros;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.option.OpenSearchAddress;
import com.shareuptime.streams.reconcile.compare.Copies;
import com.shareuptime.streams.reconcile.compare.Copy;
import com.shareuptime.streams.reconcile.plan.IdBucket;
import com.shareuptime.streams.reconcile.plan.Scope;
import com.shareuptime.streams.sink.opensearch.OpenSearchClient;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The documents, as searches of their alias find them. */
public final class Documents implements Copies<Document> {
  /** Of counters, also of those that the model has no more. */
  private static final String COUNT = "_count";

  private static final Set<String> TIMES = Set.of("created_at", "updated_at");

  /** What no count can be: stands for one that is not there, or is no number. */
  private static final long UNREADABLE = -1;

  /** Documents of one answer: a text may have 64 KiB and more. */
  private static final int PAGE = 1_000;

  private static final String QUERY =
      """
      {"size":%d,"version":true,"_source":{"excludes":["hidden","embedding"]},
       "query":{"bool":{"filter":%s}},"sort":[{"id":"asc"},{"_seq_no":"asc"}]%s}
      """;

  private final OpenSearchClient cluster;
  private final Scope scope;
  private final IdKind kind;
  private final List<CountedView> counters;
  private final Duration grace;
  private final Duration lag;

  /**
   * @param grace for which an announcement without a row is counted
   * @param lag by which counts and authors may be older than the progress
   */
  public Documents(
      OpenSearchAddress address, Scope scope, IdKinds kinds, Duration grace, Duration lag) {
    this.cluster = new OpenSearchClient(address);
    this.scope = scope;
    this.kind = scope.kind(kinds);
    this.counters = kinds.countersOf(scope.targetType());
    this.grace = grace;
    this.lag = lag;
  }

  static String alias(Scope scope) {
    return scope.targetType().table();
  }

  @Override
  public Surface surface() {
    return scope.surfaces().get(0);
  }

  @Override
  public Map<Id, Copy<Document>> read(IdBucket bucket, Collection<Id> known)
      throws IOException, InterruptedException {
    return find(
        "{\"range\":{\"id\":{\"gte\":%s,\"lte\":%s}}}"
            .formatted(IdJson.node(bucket.first()), IdJson.node(bucket.last())));
  }

  @Override
  public Map<Id, Copy<Document>> read(Ids ids) throws IOException, InterruptedException {
    return find("{\"terms\":{\"id\":%s}}".formatted(ids.stream().map(IdJson::node).toList()));
  }

  private Map<Id, Copy<Document>> find(String filter) throws IOException, InterruptedException {
    Map<Id, Copy<Document>> found = new HashMap<>();
    String after = "";
    while (true) {
      JsonNode hits =
          cluster
              .ask("POST", "/" + alias(scope) + "/_search", QUERY.formatted(PAGE, filter, after))
              .path("hits")
              .path("hits");
      for (JsonNode hit : hits) {
        add(hit, found);
        after = ",\"search_after\":" + hit.path("sort");
      }
      if (hits.size() < PAGE) {
        return found;
      }
    }
  }

  /** Of two with the same id that is kept which has no right to it. */
  private void add(JsonNode hit, Map<Id, Copy<Document>> found) {
    Id id = id(hit.path("_source").path("id"));
    boolean isOwn = hit.path("_id").asText().equals(id.toString());
    DocumentCopy copy = new DocumentCopy(hit.path("_version").asLong(), document(hit));
    if (isOwn) {
      found.putIfAbsent(id, copy);
    } else {
      found.put(id, copy);
    }
  }

  /** What is none is told, too: as of an id that no row has. */
  private Id id(JsonNode found) {
    if (kind == IdKind.NUMBER) {
      return Id.of(found.asLong());
    }
    Id id = Id.of(found.asText());
    return kind.fits(id) ? id : Id.ofUuid(0, 0);
  }

  private Document document(JsonNode hit) {
    JsonNode source = hit.path("_source");
    Map<String, String> fields = new HashMap<>();
    fields.put("_id", hit.path("_id").asText());
    flatten("", source, fields);
    fields.keySet().removeIf(field -> field.endsWith(COUNT));
    return new Document(
        fields,
        Counts.of(counters, counter -> source.path(counter.column()).asLong(UNREADABLE)),
        counters);
  }

  private static void flatten(String prefix, JsonNode object, Map<String, String> fields) {
    object
        .fields()
        .forEachRemaining(
            field -> {
              String path = prefix + field.getKey();
              JsonNode value = field.getValue();
              if (value.isObject()) {
                flatten(path + ".", value, fields);
              } else if (!value.isNull()) {
                fields.put(path, TIMES.contains(path) ? micros(value) : text(value));
              }
            });
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }

  /** As it is where it is no time. */
  private static String micros(JsonNode time) {
    try {
      return Long.toString(EpochMicros.of(Instant.parse(text(time))));
    } catch (DateTimeException e) {
      return text(time);
    }
  }

  @Override
  public Copy<Document> absent() {
    return DocumentCopy.ABSENT;
  }

  @Override
  public Duration settlesWithin() {
    return grace.plus(lag);
  }

  @Override
  public Duration lag() {
    return lag;
  }

  @Override
  public void close() {
    // it holds nothing open that would not go away by itself
  }
}
