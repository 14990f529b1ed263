package com.shareuptime.streams.proof.drill;

import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.proof.check.Audit;
import com.shareuptime.streams.proof.site.Site;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A store that says it has written counters and, once in so many times, has not: a trigger in
 * Postgres, so that the job is told of a success. It keeps its own account of what it lost.
 *
 * <p>Under the traffic alone nearly every loss is written anew before anybody looks, as in so small
 * a product most counters change all the time. So as many posts that rest are liked once as it
 * takes to lose so many of their writes on average.
 */
final class LosingTrigger implements Corruption {
  private static final String LOSE =
      """
      drop schema if exists drill cascade;
      create schema drill;
      create table drill.lost as select * from streams.counters with no data;
      create function drill.lose() returns trigger language plpgsql as $$
      begin
        if hashint8extended(new.target_id, new.version # %1$d) %% %2$d = 0 then
          insert into drill.lost select new.*;
          return null;
        end if;
        return new;
      end $$;
      create trigger drill_lose before insert on streams.counters
        for each row execute function drill.lose();
      """;

  private static final String END = "drop trigger if exists drill_lose on streams.counters";

  /** A later write may have brought the same or more; of a target, the newest loss counts. */
  private static final String LACKING =
      """
      select distinct on (l.target_type, l.target_id)
        l.target_type, l.target_id,
        coalesce(%s, '%s') as left_there
      from drill.lost l
      left join streams.counters c using (target_type, target_id)
      where c.version is null and l.likes_count + l.comments_count + l.shares_count > 0
        or c.version < l.version
          and (c.likes_count, c.comments_count, c.shares_count)
            is distinct from (l.likes_count, l.comments_count, l.shares_count)
      order by l.target_type, l.target_id, l.version desc
      """
          .formatted(CorruptRows.STATE, ABSENT);

  private static final Duration COUNTED = Duration.ofMinutes(5);

  private final Audit audit;
  private final CorruptRows rows;
  private final RestingPosts posts;
  private final int oneIn;

  LosingTrigger(Site site, int oneIn) {
    this.audit = site.audit();
    this.rows = new CorruptRows(site.addresses());
    this.posts = new RestingPosts(rows.handle());
    this.oneIn = oneIn;
  }

  @Override
  public String surface() {
    return rows.surface();
  }

  /** So many writes on average, and those of the traffic meanwhile. */
  @Override
  public List<CorruptEntry> spoil(int writes, SplittableRandom random) throws InterruptedException {
    posts.create(Math.multiplyExact(writes, oneIn));
    awaitAllIsVisible();
    rows.handle().execute(LOSE.formatted(random.nextInt(Integer.MAX_VALUE), oneIn));
    try {
      posts.likeEach();
      awaitAllIsVisible();
    } finally {
      rows.handle().execute(END);
    }
    return rows.handle()
        .select(LACKING)
        .map(
            row ->
                CorruptEntry.of(
                    surface(), row.getRow(Target.class), row.getColumn("left_there", String.class)))
        .list();
  }

  private void awaitAllIsVisible() throws InterruptedException {
    if (!audit.awaitPassed(audit.commit(), COUNTED)) {
      throw new IllegalStateException("Not all is visible after " + COUNTED.toMinutes() + " min");
    }
  }

  @Override
  public String read(CorruptEntry row) {
    return rows.read(row);
  }

  /** What was lost was newer, and nothing has been written since. */
  @Override
  public boolean isStillWrong(CorruptEntry row) {
    return true;
  }

  @Override
  public void close() {
    rows.close();
  }
}
