package com.shareuptime.streams.reconcile.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.option.OpenSearchAddress;
import com.shareuptime.streams.option.OptionException;
import com.shareuptime.streams.reconcile.plan.BucketPlan;
import com.shareuptime.streams.reconcile.plan.Scope;
import com.shareuptime.streams.sink.opensearch.OpenSearchClient;
import java.io.IOException;

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
  public Ids buckets(Scope scope) {
    if (scope.what() != Scope.What.DOCUMENTS) {
      return Ids.NONE;
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

  private Ids read(Scope scope) throws IOException, InterruptedException {
    OpenSearchClient cluster = new OpenSearchClient(address);
    String path = "/" + Documents.alias(scope) + "/_search";
    Ids.Builder ids = new Ids.Builder();
    String after = "";
    while (true) {
      String query = QUERY.formatted(1L << scope.bucketBits(), after);
      JsonNode answer = cluster.ask("POST", path, query).path("aggregations").path("buckets");
      for (JsonNode bucket : answer.path("buckets")) {
        ids.add(Id.of(bucket.path("key").path("first").asLong()));
      }
      if (!answer.has("after_key")) {
        return ids.build();
      }
      after = ",\"after\":" + answer.path("after_key");
    }
  }
}
