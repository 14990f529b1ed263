package com.shareuptime.streams.proof.bench.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The same documents by one thread in bulk requests of some 5 MB, into an index of their own that
 * is like the job's, and one refresh at the end. Only requests are timed, not the making of them.
 */
final class BareBulk {
  private static final int REQUEST = 5 << 20;
  private static final String NAME = "bench_posts";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Index index;
  private final PostDocument documents;

  BareBulk(String openSearchUrl, PostCorpus posts) {
    this.index = new Index(openSearchUrl, NAME);
    this.documents = new PostDocument(posts);
  }

  /** Documents a second. */
  double perSecond(int documents) throws IOException {
    index.create(settings());
    ByteArrayOutputStream body = new ByteArrayOutputStream(REQUEST + 8_192);
    long nanos = 0;
    for (long post = 1; post <= documents; post++) {
      body.writeBytes(
          "{\"index\":{\"_id\":\"%d\",\"version\":%d,\"version_type\":\"external\"}}\n"
              .formatted(post, post)
              .getBytes(UTF_8));
      body.writeBytes(JSON.writeValueAsBytes(this.documents.of(post)));
      body.write('\n');
      if (body.size() >= REQUEST || post == documents) {
        byte[] request = body.toByteArray();
        body.reset();
        long begin = System.nanoTime();
        index.bulk(request);
        nanos += System.nanoTime() - begin;
      }
    }
    long begin = System.nanoTime();
    index.refresh();
    nanos += System.nanoTime() - begin;
    if (index.count() != documents) {
      throw new IllegalStateException(index.count() + " of " + documents + " are in " + NAME);
    }
    index.drop();
    return documents * 1e9 / nanos;
  }

  /** As this build has them, without the alias. */
  private static byte[] settings() throws IOException {
    try (InputStream json = BareBulk.class.getResourceAsStream("/opensearch/posts.json")) {
      ObjectNode all = (ObjectNode) JSON.readTree(json);
      all.remove("aliases");
      return JSON.writeValueAsBytes(all);
    }
  }
}
