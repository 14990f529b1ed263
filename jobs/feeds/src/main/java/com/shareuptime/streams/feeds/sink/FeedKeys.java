package com.shareuptime.streams.feeds.sink;

import static com.shareuptime.streams.feeds.sink.RedisText.bytes;
import static com.shareuptime.streams.feeds.sink.RedisText.id;
import static com.shareuptime.streams.feeds.sink.RedisText.key;
import static com.shareuptime.streams.feeds.sink.RedisText.number;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.feed.FeedZset;
import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.feeds.feed.FeedWrite;
import com.shareuptime.streams.feeds.feed.Posts;
import com.shareuptime.streams.sink.redis.RedisWrite;
import com.shareuptime.streams.version.WriteVersion;
import java.util.List;
import redis.clients.jedis.Protocol.Command;

/**
 * Feeds in Redis: {@code feed:{7}}, {@code pull:{7}} and {@code timeline:{9}} of the read contract;
 * {@code fill:{7}}, which says, while a feed is being filled, by which filling, and which mark the
 * feed is to get at least, and for some days which run has last decided something about it; and
 * {@code timeline-run:{9}}, which says the same of a timeline.
 *
 * <p>An entry is added by a plain command, and its score never falls: who repeats an old write does
 * not take a post back to where it was. A script that trims follows on one of 32, so a feed may be
 * some entries longer than it should. Only scripts touch marks, and they only raise them.
 *
 * <p>A script that takes away or claims refuses, as {@code FENCED}, a run below the one that it
 * finds: that run was given up, and what it left unsent must not come behind what the later one has
 * written. Runs are compared as texts of one length.
 *
 * @param feed entries that a feed keeps
 * @param timeline entries that a timeline keeps
 * @param fenceMillis how long Redis remembers which run was the last: longer than a process sleeps
 */
public record FeedKeys(int feed, int timeline, long fenceMillis) implements RedisWrite<FeedWrite> {
  private static final int TRIM = 0;
  private static final int COMPLETE = 1;
  private static final int RAISE = 2;
  private static final int TIMELINE = 3;
  private static final int OPEN = 4;
  private static final int DROP = 5;
  private static final int PULL = 6;
  private static final int UNPULL = 7;
  private static final int WHOLE = 8;
  private static final int LOST = 9;
  private static final int LOST_TIMELINE = 10;

  /** One of 32 is trimmed: those whose mixed bits begin with five zeros. */
  private static final int TRIM_SHIFT = Long.SIZE - 5;

  private static final byte[] FEED_KEY = bytes(RedisKey.FEED.prefix());
  private static final byte[] PULL_KEY = bytes(RedisKey.PULL.prefix());
  private static final byte[] FILL_KEY = bytes(RedisKey.FILL.prefix());
  private static final byte[] TIMELINE_KEY = bytes(RedisKey.TIMELINE.prefix());
  private static final byte[] TIMELINE_RUN_KEY = bytes(RedisKey.TIMELINE_RUN.prefix());
  private static final byte[] SENTINEL = bytes(FeedZset.SENTINEL);
  private static final byte[] GREATER = bytes("GT");
  private static final byte[] NOTHING = {};

  private static final String HIGHER =
      "local sentinel = '%s'\n".formatted(FeedZset.SENTINEL)
          + """
          local function higher(one, other)
            if other and tonumber(other) > tonumber(one) then return other end
            return one
          end
          """;

  /** Pops what is too much, and returns the highest position popped; the sentinel stays out. */
  private static final String POP =
      """
      local function pop(key, keep, mark)
        local over = redis.call('zcard', key) - keep - (mark and 1 or 0)
        if over <= 0 then return nil end
        if mark then redis.call('zrem', key, sentinel) end
        local popped = redis.call('zpopmin', key, over)
        return popped[#popped]
      end
      """;

  /** A feed with neither a mark nor a filling is nobody's: entries pushed to a user who left. */
  private static final String TRIM_SOURCE =
      HIGHER
          + POP
          + """
          local mark = redis.call('zscore', KEYS[1], sentinel)
          local floor = not mark and redis.call('hget', KEYS[2], 'mark')
          if not mark and not floor then
            redis.call('del', KEYS[1])
            return 1
          end
          local popped = pop(KEYS[1], tonumber(ARGV[1]), mark)
          if popped and mark then
            redis.call('zadd', KEYS[1], higher(mark, popped), sentinel)
          elseif popped then
            redis.call('hset', KEYS[2], 'mark', higher(floor, popped))
          end
          return {redis.call('zcard', KEYS[1])}
          """;

  private static final String FENCE =
      """
      local function fenced(held, run)
        return held and held > run
      end
      local refusal = {err = 'FENCED a later run of the job has written here'}
      """;

  private static final String OPEN_SOURCE =
      FENCE
          + """
          if fenced(redis.call('hget', KEYS[3], 'run'), ARGV[2]) then return refusal end
          redis.call('del', KEYS[1], KEYS[2], KEYS[3])
          redis.call('hset', KEYS[3], 'epoch', ARGV[1], 'mark', '0', 'run', ARGV[2])
          redis.call('pexpire', KEYS[3], ARGV[3])
          return 1
          """;

  /**
   * A filling whose key is gone was lost with the rest of the data, so it completes nothing. Nor
   * does one whose feed was opened again: by a history that a restore has taken back.
   */
  private static final String COMPLETE_SOURCE =
      HIGHER
          + FENCE
          + """
          local fill = redis.call('hmget', KEYS[2], 'epoch', 'mark', 'run')
          if fenced(fill[3], ARGV[3]) then return refusal end
          local mark = redis.call('zscore', KEYS[1], sentinel)
          if not mark then
            if fill[1] ~= ARGV[2] then return 0 end
            mark = fill[2]
          end
          redis.call('zadd', KEYS[1], higher(mark, ARGV[1]), sentinel)
          redis.call('hdel', KEYS[2], 'epoch', 'mark')
          redis.call('hset', KEYS[2], 'run', ARGV[3])
          redis.call('pexpire', KEYS[2], ARGV[4])
          return 1
          """;

  /** The run stays: a filling of an earlier one must not be opened behind this. */
  private static final String DROP_SOURCE =
      FENCE
          + """
          if fenced(redis.call('hget', KEYS[3], 'run'), ARGV[1]) then return refusal end
          redis.call('hdel', KEYS[3], 'epoch', 'mark')
          redis.call('del', KEYS[1], KEYS[2])
          return 1
          """;

  /** Takes away, whoever has written: a feed that may lack something must not claim anything. */
  private static final String LOST_SOURCE =
      """
      redis.call('hdel', KEYS[3], 'epoch', 'mark')
      redis.call('del', KEYS[1], KEYS[2])
      local held = redis.call('hget', KEYS[3], 'run')
      if ARGV[1] ~= '' and (not held or held < ARGV[1]) then
        redis.call('hset', KEYS[3], 'run', ARGV[1])
        redis.call('pexpire', KEYS[3], ARGV[2])
      end
      return 1
      """;

  private static final String LOST_TIMELINE_SOURCE =
      """
      redis.call('del', KEYS[1])
      local held = redis.call('get', KEYS[2])
      if ARGV[1] ~= '' and (not held or held < ARGV[1]) then
        redis.call('set', KEYS[2], ARGV[1], 'px', ARGV[2])
      end
      return 1
      """;

  private static final String RAISE_FUNCTION =
      HIGHER
          + """
          local function raise(feed, fill, to)
            local mark = redis.call('zscore', feed, sentinel)
            if mark then
              redis.call('zadd', feed, higher(mark, to), sentinel)
            else
              local floor = redis.call('hget', fill, 'mark')
              if floor then redis.call('hset', fill, 'mark', higher(floor, to)) end
            end
          end
          """;

  private static final String RAISE_SOURCE =
      RAISE_FUNCTION
          + """
          raise(KEYS[1], KEYS[2], ARGV[1])
          return 1
          """;

  /** Leaves the run behind: an author may be taken out again only by this run, or a later one. */
  private static final String PULL_SOURCE =
      FENCE
          + """
          local held = redis.call('hget', KEYS[2], 'run')
          if fenced(held, ARGV[2]) then return refusal end
          redis.call('sadd', KEYS[1], ARGV[1])
          if held ~= ARGV[2] then
            redis.call('hset', KEYS[2], 'run', ARGV[2])
            redis.call('pexpire', KEYS[2], ARGV[3])
          end
          return 1
          """;

  private static final String UNPULL_SOURCE =
      RAISE_FUNCTION
          + FENCE
          + """
          if fenced(redis.call('hget', KEYS[3], 'run'), ARGV[3]) then return refusal end
          raise(KEYS[1], KEYS[3], ARGV[1])
          redis.call('srem', KEYS[2], ARGV[2])
          return 1
          """;

  private static final String TIMELINE_FENCE =
      FENCE
          + """
          local held = redis.call('get', KEYS[2])
          if fenced(held, ARGV[1]) then return refusal end
          if held ~= ARGV[1] then redis.call('set', KEYS[2], ARGV[1], 'px', ARGV[2]) end
          """;

  private static final String TIMELINE_SOURCE =
      HIGHER
          + POP
          + TIMELINE_FENCE
          + """
          redis.call('zadd', KEYS[1], 'gt', ARGV[5], ARGV[6])
          local mark = redis.call('zscore', KEYS[1], sentinel)
          local raised = mark and higher(mark, ARGV[4])
          local popped = pop(KEYS[1], tonumber(ARGV[3]), mark)
          if mark then redis.call('zadd', KEYS[1], higher(raised, popped), sentinel) end
          return 1
          """;

  /** In parts, as a call takes some thousand arguments at most. */
  private static final String WHOLE_SOURCE =
      TIMELINE_FENCE
          + """
          redis.call('del', KEYS[1])
          for i = 3, #ARGV, 1000 do
            redis.call('zadd', KEYS[1], unpack(ARGV, i, math.min(i + 999, #ARGV)))
          end
          return 1
          """;

  @Override
  public List<String> scripts() {
    return List.of(
        TRIM_SOURCE,
        COMPLETE_SOURCE,
        RAISE_SOURCE,
        TIMELINE_SOURCE,
        OPEN_SOURCE,
        DROP_SOURCE,
        PULL_SOURCE,
        UNPULL_SOURCE,
        WHOLE_SOURCE,
        LOST_SOURCE,
        LOST_TIMELINE_SOURCE);
  }

  @Override
  public void write(FeedWrite write, Pipeline to) {
    if (write instanceof FeedWrite.Push push) {
      push(push, to);
    } else if (write instanceof FeedWrite.Open open) {
      Keys keys = new Keys(open.user());
      byte[] epoch = filling(open.epoch(), open.run());
      to.script(OPEN, 3, keys.feed, keys.pull, keys.fill, epoch, run(open.run()), fence());
    } else if (write instanceof FeedWrite.Complete complete) {
      Keys keys = new Keys(complete.user());
      byte[] mark = number(complete.mark());
      byte[] epoch = filling(complete.epoch(), complete.opener());
      to.script(COMPLETE, 2, keys.feed, keys.fill, mark, epoch, run(complete.run()), fence());
    } else if (write instanceof FeedWrite.Raise raise) {
      Keys keys = new Keys(raise.user());
      to.script(RAISE, 2, keys.feed, keys.fill, number(raise.mark()));
    } else if (write instanceof FeedWrite.Drop drop) {
      Keys keys = new Keys(drop.user());
      to.script(DROP, 3, keys.feed, keys.pull, keys.fill, run(drop.run()));
    } else if (write instanceof FeedWrite.Pull pull) {
      byte[] author = id(pull.author());
      byte[] run = run(pull.run());
      byte[] fence = fence();
      for (Id user : pull.users()) {
        to.script(PULL, 2, key(PULL_KEY, user), key(FILL_KEY, user), author, run, fence);
      }
    } else if (write instanceof FeedWrite.Unpull unpull) {
      unpull(unpull, to);
    } else if (write instanceof FeedWrite.Timeline posts) {
      timeline(posts, to);
    } else if (write instanceof FeedWrite.Lost lost) {
      lost(lost, to);
    }
  }

  private void lost(FeedWrite.Lost lost, Pipeline to) {
    byte[] fence = fence();
    byte[] users = runsUpTo(lost.usersFence());
    for (Id user : lost.users()) {
      Keys keys = new Keys(user);
      to.script(LOST, 3, keys.feed, keys.pull, keys.fill, users, fence);
    }
    byte[] authors = runsUpTo(lost.authorsFence());
    for (Id author : lost.authors()) {
      byte[] key = key(TIMELINE_KEY, author);
      to.script(LOST_TIMELINE, 2, key, key(TIMELINE_RUN_KEY, author), authors, fence);
    }
  }

  /** What tells a filling from all others; one of an earlier build has no run. */
  private static byte[] filling(long epoch, long opener) {
    return opener == 0 ? number(epoch) : bytes(epoch + "." + opener);
  }

  /** Behind the run itself, and ahead of the next, if that run is over. */
  private static byte[] runsUpTo(long fence) {
    if (fence < 2) {
      return NOTHING;
    }
    return bytes(WriteVersion.text(fence / 2) + (fence % 2 == 0 ? "" : "~"));
  }

  /** The keys of a user. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Keys(byte[] feed, byte[] pull, byte[] fill) {
    Keys(Id user) {
      this(key(FEED_KEY, user), key(PULL_KEY, user), key(FILL_KEY, user));
    }
  }

  private static byte[] run(long number) {
    return bytes(WriteVersion.text(number));
  }

  private byte[] fence() {
    return number(fenceMillis);
  }

  private void push(FeedWrite.Push push, Pipeline to) {
    byte[][] entries = entries(push.posts(), 2);
    entries[1] = GREATER;
    for (Id user : push.users()) {
      byte[] key = key(FEED_KEY, user);
      byte[][] arguments = entries.clone();
      arguments[0] = key;
      to.command(Command.ZADD, arguments);
      if (trims(push, user)) {
        to.script(TRIM, 2, key, key(FILL_KEY, user), number(feed));
      }
    }
  }

  /**
   * Whether the feed is trimmed behind this push: after several posts, or one of 32. All bits of
   * the ids count: those of snowflakes have low bits that never change.
   */
  public static boolean trims(FeedWrite.Push push, Id user) {
    return push.posts().size() > 1
        || mixed(push.posts().ids().get(0).bits() + mixed(user.bits())) >>> TRIM_SHIFT == 0;
  }

  /** The finalizer of MurmurHash3. */
  private static long mixed(long number) {
    long half = (number ^ number >>> 33) * 0xFF51AFD7ED558CCDL;
    long whole = (half ^ half >>> 33) * 0xC4CEB9FE1A85EC53L;
    return whole ^ whole >>> 33;
  }

  private static void unpull(FeedWrite.Unpull unpull, Pipeline to) {
    byte[] mark = number(unpull.mark());
    byte[] author = id(unpull.author());
    byte[] run = run(unpull.run());
    for (Id user : unpull.users()) {
      Keys keys = new Keys(user);
      to.script(UNPULL, 3, keys.feed, keys.pull, keys.fill, mark, author, run);
    }
  }

  private void timeline(FeedWrite.Timeline timeline, Pipeline to) {
    byte[] key = key(TIMELINE_KEY, timeline.author());
    byte[] runKey = key(TIMELINE_RUN_KEY, timeline.author());
    byte[] run = run(timeline.run());
    byte[] mark = number(timeline.mark());
    Posts posts = timeline.posts();
    if (timeline.whole()) {
      byte[][] arguments = entries(posts, 6);
      arguments[0] = key;
      arguments[1] = runKey;
      arguments[2] = run;
      arguments[3] = fence();
      arguments[4] = mark;
      arguments[5] = SENTINEL;
      to.script(WHOLE, 2, arguments);
      return;
    }
    for (int i = 0; i < posts.size(); i++) {
      to.script(
          TIMELINE,
          2,
          key,
          runKey,
          run,
          fence(),
          number(this.timeline),
          mark,
          number(posts.positions()[i]),
          id(posts.ids().get(i)));
    }
  }

  /** Score and member of each, behind room for so many arguments. */
  private static byte[][] entries(Posts posts, int before) {
    byte[][] entries = new byte[before + 2 * posts.size()][];
    for (int i = 0; i < posts.size(); i++) {
      entries[before + 2 * i] = number(posts.positions()[i]);
      entries[before + 2 * i + 1] = id(posts.ids().get(i));
    }
    return entries;
  }
}
