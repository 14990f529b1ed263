package com.shareuptime.streams.reconcile.feed;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.option.RedisAddress;
import com.shareuptime.streams.reconcile.compare.Copies;
import com.shareuptime.streams.reconcile.compare.Copy;
import com.shareuptime.streams.reconcile.plan.IdBucket;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/** The zsets {@code feed:{7}}, or {@code timeline:{9}}. */
public final class FeedZsets implements Copies<Entries> {
  private final Zsets zsets;
  private final BiFunction<Zsets, Ids, Map<Id, FeedCopy>> kind;
  private final Duration settle;

  private FeedZsets(
      RedisAddress address,
      IdKinds kinds,
      BiFunction<Zsets, Ids, Map<Id, FeedCopy>> kind,
      Duration settle) {
    this.zsets = new Zsets(address, kinds);
    this.kind = kind;
    this.settle = settle;
  }

  /**
   * By user.
   *
   * @param settle time that filling a feed may take
   */
  public static FeedZsets feeds(RedisAddress address, IdKinds kinds, Duration settle) {
    return new FeedZsets(address, kinds, Zsets::feeds, settle);
  }

  /** By author. */
  public static FeedZsets timelines(RedisAddress address, IdKinds kinds, Duration settle) {
    return new FeedZsets(address, kinds, Zsets::timelines, settle);
  }

  @Override
  public Surface surface() {
    return Surface.FEEDS_REDIS;
  }

  /** A bucket of users is small enough to ask for each id that might be one, or that is known. */
  @Override
  public Map<Id, Copy<Entries>> read(IdBucket bucket, Collection<Id> known) {
    return read(bucket.isCountable() ? bucket.ids() : Ids.of(known));
  }

  @Override
  public Map<Id, Copy<Entries>> read(Ids ids) {
    return new HashMap<>(kind.apply(zsets, ids));
  }

  @Override
  public Copy<Entries> absent() {
    return FeedCopy.ABSENT;
  }

  @Override
  public Duration settlesWithin() {
    return settle;
  }

  @Override
  public void close() {
    zsets.close();
  }
}
