package com.shareuptime.streams.proof.drill;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.truth.CountQueries;
import com.shareuptime.streams.contract.truth.CountedRows;
import com.shareuptime.streams.contract.truth.DocumentQueries;
import com.shareuptime.streams.contract.truth.IdCondition;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.server.ProductDatabase;
import java.sql.Types;
import java.util.List;
import java.util.SplittableRandom;
import org.jdbi.v3.core.Handle;

/** Posts and reels of the product's tables. */
record Targets(Handle handle) implements AutoCloseable {
  /** Of those that have been liked: that a count of zero is not there differs from nothing. */
  private static final String COUNTED =
      """
      select target_type, target_id
      from streams.counters c join (%s) there using (target_type, target_id)
      where c.likes_count > 0
      order by hashint8extended(target_id, ?) limit ?
      """
          .formatted(CountQueries.targets(IdKinds.NUMBERS));

  private static final String LIKED =
      "select exists (%s)"
          .formatted(new CountedRows(CountedView.CANONICAL.get(0), IdKinds.NUMBERS).anyRow());
  private static final String EXISTS =
      "select exists (select from (%s) there where target_type = ? and target_id = ?)"
          .formatted(CountQueries.targets(IdKinds.NUMBERS));

  private static final String FOUND =
      """
      select '%s' as target_type, id as target_id from (%s) found where visibility = 'public'
      order by hashint8extended(id, ?) limit ?
      """;

  static Targets of(Addresses addresses) {
    return new Targets(ProductDatabase.at(addresses).open());
  }

  List<Target> counted(int most, SplittableRandom random) {
    return targets(COUNTED, most, random);
  }

  /** Those that searches find. */
  List<Target> found(Target.Type type, int most, SplittableRandom random) {
    return targets(
        FOUND.formatted(type.label(), DocumentQueries.shown(type, IdCondition.ALL)), most, random);
  }

  private List<Target> targets(String sql, int most, SplittableRandom random) {
    return handle.select(sql, random.nextLong(), most).mapTo(Target.class).list();
  }

  /** Whether it is there and liked, so that a counter which is absent is wrong. */
  boolean isLiked(CorruptEntry row) {
    return handle
        .select(LIKED, row.type(), row.id())
        .bindNull(2, Types.BIGINT)
        .mapTo(boolean.class)
        .one();
  }

  boolean exists(CorruptEntry row) {
    return handle.select(EXISTS, row.type(), row.id()).mapTo(boolean.class).one();
  }

  @Override
  public void close() {
    handle.close();
  }
}
