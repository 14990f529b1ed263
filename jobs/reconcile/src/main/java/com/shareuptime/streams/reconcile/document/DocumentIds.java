package com.shareuptime.streams.reconcile.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.option.OpenSearchAddress;
import com.shareuptime.streams.option.OptionException;
import com.shareuptime.streams.reconcile.plan.BucketPlan;
import com.shareuptime.streams.reconcile.plan.Scope;
import com.shareuptime.streams.sink.opensearch.OpenSearchClient;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** In which buckets searches find anything. */
public final class DocumentIds implements BucketPlan.Shown {
  private static final String QUERY =
      "{\"size\":0,\"aggs\":{\"buckets\":{\"composite\":{\"size\":5000,\"sources\":[{\"first\":"
          + "{\"histogram\":{\"field\":\"id\",\"interval\":%d}}}]%s}}}}";

  private final OpenSearchAddress address;

  public DocumentIds(OpenSearchAddress address) {
    this.address = address;
  }

  @Override
  public Set<Long> buckets(Scope scope) {
    if (scope != Scope.POST_DOCUMENTS && scope != Scope.REEL_DOCUMENTS) {
      return Set.of();
    }
    try {
      return read(scope);
    } catch (IOException e) {
      throw new OptionException(
          "Cannot plan: OpenSearch at %s (options 'opensearch.*') does not tell its documents: %s"
              .formatted(address.url(), e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while planning", e);
    }
  }

  private Set<Long> read(Scope scope) throws IOException, InterruptedException {
    OpenSearchClient cluster = new OpenSearchClient(address);
    String path = "/" + Documents.alias(scope) + "/_search";
    Set<Long> numbers = new HashSet<>();
    String after = "";
    while (true) {
      String query = QUERY.formatted(1L << scope.bucketBits(), after);
      JsonNode answer = cluster.ask("POST", path, query).path("aggregations").path("buckets");
      for (JsonNode bucket : answer.path("buckets")) {
        numbers.add(bucket.path("key").path("first").asLong() >> scope.bucketBits());
      }
      if (!answer.has("after_key")) {
        return numbers;
      }
      after = ",\"after\":" + answer.path("after_key");
    }
  }
}
