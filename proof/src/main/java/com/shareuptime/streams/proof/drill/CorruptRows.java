package com.shareuptime.streams.proof.drill;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.local.Addresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jdbi.v3.core.Handle;

/** Counters in Postgres: changed, deleted, and added for posts that are not. */
final class CorruptRows implements Corruption {
  /** What is said of a row {@code c}; another after each write of its owner. */
  static final String STATE = "c.likes_count || '/' || c.version";

  private static final String ROW = " where target_type = ? and target_id = ?";
  private static final String CHANGE =
      "update streams.counters c set likes_count = likes_count + %d%s returning %s"
          .formatted(STEP, ROW, STATE);
  private static final String DELETE =
      "delete from streams.counters%s returning '%s'".formatted(ROW, ABSENT);
  private static final String ADD =
      "insert into streams.counters as c (target_type, target_id, likes_count, version)"
          + " values (?, ?, 3, 1) returning "
          + STATE;
  private static final String READ = "select " + STATE + " from streams.counters c" + ROW;

  private final Targets targets;

  CorruptRows(Addresses addresses) {
    this.targets = Targets.of(addresses);
  }

  Handle handle() {
    return targets.handle();
  }

  @Override
  public String surface() {
    return "counters.postgres";
  }

  @Override
  public List<CorruptEntry> spoil(int rows, SplittableRandom random) {
    List<CorruptEntry> spoiled = new ArrayList<>();
    for (Target target : targets.counted(rows * 2 / 3, random)) {
      execute(spoiled, random.nextBoolean() ? CHANGE : DELETE, target);
    }
    for (int added = 0; spoiled.size() < rows; added++) {
      execute(spoiled, ADD, Target.post(Corruption.unused(added)));
    }
    return spoiled;
  }

  private void execute(List<CorruptEntry> spoiled, String sql, Target target) {
    ask(sql, target.type().label(), target.id())
        .ifPresent(left -> spoiled.add(CorruptEntry.of(surface(), target, left)));
  }

  private Optional<String> ask(String sql, String type, Id id) {
    return handle().select(sql, type, id).mapTo(String.class).findOne();
  }

  @Override
  public String read(CorruptEntry row) {
    return ask(READ, row.type(), row.id()).orElse(ABSENT);
  }

  @Override
  public boolean isStillWrong(CorruptEntry row) {
    return Corruption.isUnused(row.id()) || targets.isLiked(row);
  }

  @Override
  public void close() {
    targets.close();
  }
}
