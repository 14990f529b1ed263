package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.redis.RedisId;
import com.shareuptime.streams.proof.traffic.Product;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.resps.Tuple;

/**
 * The keys of feeds as they lie in Redis, by the contract; not how pages are read. Not thread-safe.
 */
final class RedisFeedSurface implements AutoCloseable {
  static final String SURFACE = "feeds.redis";

  private static final String SENTINEL = "~";

  /** Commands of one pipeline. */
  private static final int CHUNK = 500;

  /**
   * What a user's feed promises.
   *
   * @param bound nothing newer is missing in the feed and the pulled timelines together
   * @param pulled the posts of the pulled timelines, whether the user may see them or not
   */
  record Promise(long bound, Set<Id> pulled) {}

  private final RedisLink redis;
  private final IdKind posts;

  RedisFeedSurface(Product product) {
    redis = new RedisLink(product.addresses());
    posts = product.kinds().posts();
  }

  Lsn progress() {
    return redis.progressOf(SURFACE);
  }

  boolean hasFeed(Id user) {
    return redis.ask(jedis -> jedis.zscore(feed(user), SENTINEL)) != null;
  }

  boolean holds(Id user, Id post) {
    return redis.ask(jedis -> jedis.zscore(feed(user), RedisId.write(post))) != null;
  }

  /** Of those of the users who have a feed, and whose pulled authors all have a timeline. */
  Map<Id, Promise> promises(List<Id> users) {
    Map<Id, Response<Double>> marks = new HashMap<>();
    Map<Id, Response<Set<String>>> pulls = new HashMap<>();
    pipelined(
        users,
        (pipeline, user) -> {
          marks.put(user, pipeline.zscore(feed(user), SENTINEL));
          pulls.put(user, pipeline.smembers("pull:{" + RedisId.write(user) + "}"));
        });
    Set<String> authors = new HashSet<>();
    pulls.values().forEach(pull -> authors.addAll(pull.get()));
    Map<String, Timeline> timelines = timelines(List.copyOf(authors));
    Map<Id, Promise> promises = new HashMap<>();
    for (Id user : users) {
      Double mark = marks.get(user).get();
      Set<String> pull = pulls.get(user).get();
      if (mark != null && timelines.keySet().containsAll(pull)) {
        List<Timeline> pulled = pull.stream().map(timelines::get).toList();
        long bound = pulled.stream().mapToLong(Timeline::mark).reduce(mark.longValue(), Math::max);
        promises.put(
            user,
            new Promise(
                bound,
                pulled.stream().flatMap(one -> one.posts().stream()).collect(Collectors.toSet())));
      }
    }
    return promises;
  }

  /** By authors as they stand in keys. */
  private Map<String, Timeline> timelines(List<String> authors) {
    Map<String, Response<List<Tuple>>> answers = new HashMap<>();
    pipelined(
        authors,
        (pipeline, author) ->
            answers.put(author, pipeline.zrangeWithScores("timeline:{" + author + "}", 0, -1)));
    Map<String, Timeline> timelines = new HashMap<>();
    answers.forEach(
        (author, answer) ->
            Timeline.of(answer.get(), posts).ifPresent(one -> timelines.put(author, one)));
    return timelines;
  }

  private record Timeline(long mark, Set<Id> posts) {
    static Optional<Timeline> of(List<Tuple> members, IdKind kind) {
      OptionalLong mark = OptionalLong.empty();
      Set<Id> posts = new HashSet<>();
      for (Tuple member : members) {
        if (member.getElement().equals(SENTINEL)) {
          mark = OptionalLong.of((long) member.getScore());
        } else {
          posts.add(RedisId.read(member.getElement(), kind));
        }
      }
      return mark.isEmpty() ? Optional.empty() : Optional.of(new Timeline(mark.getAsLong(), posts));
    }
  }

  private <K> void pipelined(List<K> keys, BiConsumer<Pipeline, K> command) {
    for (int from = 0; from < keys.size(); from += CHUNK) {
      List<K> chunk = keys.subList(from, Math.min(keys.size(), from + CHUNK));
      Void unused =
          redis.ask(
              jedis -> {
                try (Pipeline pipeline = jedis.pipelined()) {
                  chunk.forEach(key -> command.accept(pipeline, key));
                }
                return null;
              });
    }
  }

  private static String feed(Id user) {
    return "feed:{" + RedisId.write(user) + "}";
  }

  @Override
  public void close() {
    redis.close();
  }
}
