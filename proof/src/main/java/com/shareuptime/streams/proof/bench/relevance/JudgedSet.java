package com.shareuptime.streams.proof.bench.relevance;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** Posts, and queries with what is relevant for each. Written for this, by nobody's example. */
record JudgedSet(List<Post> posts, List<Query> queries) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param language ISO 639-1
   */
  record Post(long id, String language, String text) {}

  /**
   * @param group what makes it hard
   * @param relevant grades of posts: 1 is about it, 2 is a good answer, 3 is what was meant; those
   *     that are not named are 0
   */
  record Query(String group, String text, Map<Long, Integer> relevant) {}

  static JudgedSet load() throws IOException {
    return new JudgedSet(all("posts", Post.class), all("queries", Query.class));
  }

  private static <T> List<T> all(String name, Class<T> type) throws IOException {
    try (InputStream lines = JudgedSet.class.getResourceAsStream("/relevance/" + name + ".jsonl");
        var values = JSON.readerFor(type).<T>readValues(lines)) {
      return values.readAll();
    }
  }
}
