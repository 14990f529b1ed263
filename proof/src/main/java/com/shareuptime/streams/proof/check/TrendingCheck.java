package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.redis.RedisId;
import com.shareuptime.streams.proof.check.CheckReport.SurfaceResult;
import com.shareuptime.streams.proof.check.Differences.Kind;
import com.shareuptime.streams.proof.thread.Until;
import com.shareuptime.streams.proof.traffic.Product;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The part of a check that judges ranked lists: they hold nothing but what everybody may see. What
 * they must hold, and in which order, follows from events and from the clock, and no SQL says it.
 */
final class TrendingCheck {
  static final String REDIS = "trending.redis";
  static final String POSTGRES = "trending.postgres";

  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  private static final String FOR_EVERYBODY =
      """
      select d.id from streams_model.%s d
      join streams_model.users u on u.id = d.author_id
      where d.visibility = 'public' and not d.is_deleted and u.is_active and not u.is_private""";

  private static final String STORED = "select target_id from streams.trending where list = ?";

  @FunctionalInterface
  private interface Lists {
    List<Id> read(Target.Type type) throws InterruptedException;
  }

  private TrendingCheck() {}

  /**
   * Call it when nothing is written any more.
   *
   * @param patience what has left the lists is gone with the next ranking, so much later at most
   */
  static List<SurfaceResult> finish(Product product, Duration patience)
      throws InterruptedException {
    try (PostgresSurface postgres = new PostgresSurface(product);
        RedisLink redis = new RedisLink(product.addresses())) {
      Lists inRedis = type -> Retry.whileAway(() -> inRedis(redis, type, product.kinds().of(type)));
      Lists inPostgres =
          type -> postgres.await(handle -> inPostgres(handle, type, product.kinds().of(type)));
      return List.of(
          finish(REDIS, postgres, inRedis, patience),
          finish(POSTGRES, postgres, inPostgres, patience));
    }
  }

  private static SurfaceResult finish(
      String surface, PostgresSurface postgres, Lists lists, Duration patience)
      throws InterruptedException {
    return Until.enough(patience, LOOK_EVERY, () -> compare(postgres, lists), Differences::isNone)
        .with(Sightings.none(surface, Target.Type.DOCUMENTS.size()));
  }

  private static Differences compare(PostgresSurface postgres, Lists lists)
      throws InterruptedException {
    Differences differences = new Differences();
    for (Target.Type type : Target.Type.DOCUMENTS) {
      Set<Id> forEverybody = postgres.await(handle -> forEverybody(handle, type));
      List<Id> listed = lists.read(type);
      differences.compared(listed.size());
      for (Id id : listed) {
        if (!forEverybody.contains(id)) {
          differences.add(
              Kind.EXTRA,
              "%s is listed, and not everybody may see it".formatted(new Target(type, id)));
        }
      }
    }
    return differences;
  }

  private static Set<Id> forEverybody(Handle handle, Target.Type type) {
    return new HashSet<>(
        handle.select(FOR_EVERYBODY.formatted(type.table())).mapTo(Id.class).list());
  }

  private static List<Id> inRedis(RedisLink redis, Target.Type type, IdKind kind) {
    return redis.ask(jedis -> jedis.zrange("trending:" + list(type), 0, -1)).stream()
        .map(member -> RedisId.read(member, kind))
        .toList();
  }

  private static List<Id> inPostgres(Handle handle, Target.Type type, IdKind kind) {
    return handle.select(STORED, list(type)).mapTo(String.class).list().stream()
        .map(kind::parse)
        .toList();
  }

  private static String list(Target.Type type) {
    return type.table() + ":1h";
  }
}
