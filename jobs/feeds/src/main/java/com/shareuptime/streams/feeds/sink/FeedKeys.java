package com.shareuptime.streams.feeds.sink;

import static com.shareuptime.streams.feeds.sink.Ascii.bytes;
import static com.shareuptime.streams.feeds.sink.Ascii.key;
import static com.shareuptime.streams.feeds.sink.Ascii.number;

import com.shareuptime.streams.feeds.feed.FeedWrite;
import com.shareuptime.streams.feeds.feed.Posts;
import com.shareuptime.streams.sink.redis.RedisWrite;
import java.util.List;
import redis.clients.jedis.Protocol.Command;

/**
 * Feeds in Redis: {@code feed:{7}}, {@code pull:{7}} and {@code timeline:{9}} of the read contract,
 * and {@code fill:{7}}, which is there while a feed is being filled and says by which filling, and
 * which mark the feed is to get at least.
 *
 * <p>An entry is added by a plain command; a script that trims follows on one of 32, so a feed may
 * be some entries longer than it should. Only scripts touch marks, and they only raise them.
 *
 * @param feed entries that a feed keeps
 * @param timeline entries that a timeline keeps
 */
public record FeedKeys(int feed, int timeline) implements RedisWrite<FeedWrite> {
  private static final int TRIM = 0;
  private static final int COMPLETE = 1;
  private static final int RAISE = 2;
  private static final int TIMELINE = 3;

  /** One of 32 is trimmed: those whose mixed bits begin with five zeros. */
  private static final int TRIM_SHIFT = Long.SIZE - 5;

  private static final byte[] FEED_KEY = bytes("feed:{");
  private static final byte[] PULL_KEY = bytes("pull:{");
  private static final byte[] FILL_KEY = bytes("fill:{");
  private static final byte[] TIMELINE_KEY = bytes("timeline:{");
  private static final byte[] SENTINEL = bytes("~");
  private static final byte[] EPOCH = bytes("epoch");
  private static final byte[] MARK = bytes("mark");
  private static final byte[] ZERO = bytes("0");
  private static final byte[] DAY_SECONDS = bytes("86400");

  private static final String HIGHER =
      """
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
        if mark then redis.call('zrem', key, '~') end
        local popped = redis.call('zpopmin', key, over)
        return popped[#popped]
      end
      """;

  /** A feed with neither a mark nor a filling is nobody's: entries pushed to a user who left. */
  private static final String TRIM_SOURCE =
      HIGHER
          + POP
          + """
          local mark = redis.call('zscore', KEYS[1], '~')
          local floor = not mark and redis.call('hget', KEYS[2], 'mark')
          if not mark and not floor then
            redis.call('del', KEYS[1])
            return 1
          end
          local popped = pop(KEYS[1], tonumber(ARGV[1]), mark)
          if popped and mark then
            redis.call('zadd', KEYS[1], higher(mark, popped), '~')
          elseif popped then
            redis.call('hset', KEYS[2], 'mark', higher(floor, popped))
          end
          return {redis.call('zcard', KEYS[1])}
          """;

  /**
   * A filling whose key is gone was lost with the rest of the data, so it completes nothing. Nor
   * does one whose feed was opened again: by a history that a restore has taken back.
   */
  private static final String COMPLETE_SOURCE =
      HIGHER
          + """
          local mark = redis.call('zscore', KEYS[1], '~')
          if not mark then
            local fill = redis.call('hmget', KEYS[2], 'epoch', 'mark')
            if fill[1] ~= ARGV[2] then return 0 end
            mark = fill[2]
          end
          redis.call('zadd', KEYS[1], higher(mark, ARGV[1]), '~')
          redis.call('del', KEYS[2])
          return 1
          """;

  private static final String RAISE_SOURCE =
      HIGHER
          + """
          local mark = redis.call('zscore', KEYS[1], '~')
          if mark then
            redis.call('zadd', KEYS[1], higher(mark, ARGV[1]), '~')
            return 1
          end
          local floor = redis.call('hget', KEYS[2], 'mark')
          if floor then redis.call('hset', KEYS[2], 'mark', higher(floor, ARGV[1])) end
          return 1
          """;

  private static final String TIMELINE_SOURCE =
      HIGHER
          + POP
          + """
          redis.call('zadd', KEYS[1], ARGV[3], ARGV[4])
          local mark = redis.call('zscore', KEYS[1], '~')
          local raised = mark and higher(mark, ARGV[2])
          local popped = pop(KEYS[1], tonumber(ARGV[1]), mark)
          if mark then redis.call('zadd', KEYS[1], higher(raised, popped), '~') end
          return 1
          """;

  @Override
  public List<String> scripts() {
    return List.of(TRIM_SOURCE, COMPLETE_SOURCE, RAISE_SOURCE, TIMELINE_SOURCE);
  }

  @Override
  public void write(FeedWrite write, Pipeline to) {
    if (write instanceof FeedWrite.Push push) {
      push(push, to);
    } else if (write instanceof FeedWrite.Open open) {
      to.command(Command.DEL, key(FEED_KEY, open.user()), key(PULL_KEY, open.user()));
      byte[] fill = key(FILL_KEY, open.user());
      to.command(Command.HSET, fill, EPOCH, number(open.epoch()), MARK, ZERO);
      to.command(Command.EXPIRE, fill, DAY_SECONDS);
    } else if (write instanceof FeedWrite.Complete complete) {
      long user = complete.user();
      byte[] feed = key(FEED_KEY, user);
      byte[] mark = number(complete.mark());
      to.script(COMPLETE, 2, feed, key(FILL_KEY, user), mark, number(complete.epoch()));
    } else if (write instanceof FeedWrite.Raise raise) {
      raise(raise.user(), raise.mark(), to);
    } else if (write instanceof FeedWrite.Drop drop) {
      to.command(
          Command.DEL,
          key(FEED_KEY, drop.user()),
          key(PULL_KEY, drop.user()),
          key(FILL_KEY, drop.user()));
    } else if (write instanceof FeedWrite.Pull pull) {
      for (long user : pull.users()) {
        to.command(Command.SADD, key(PULL_KEY, user), number(pull.author()));
      }
    } else if (write instanceof FeedWrite.Unpull unpull) {
      for (long user : unpull.users()) {
        raise(user, unpull.mark(), to);
        to.command(Command.SREM, key(PULL_KEY, user), number(unpull.author()));
      }
    } else if (write instanceof FeedWrite.Timeline posts) {
      timeline(posts, to);
    }
  }

  private void push(FeedWrite.Push push, Pipeline to) {
    byte[][] entries = entries(push.posts(), 0);
    for (long user : push.users()) {
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
  public static boolean trims(FeedWrite.Push push, long user) {
    return push.posts().size() > 1 || mixed(push.posts().ids()[0] + mixed(user)) >>> TRIM_SHIFT == 0;
  }

  /** The finalizer of MurmurHash3. */
  private static long mixed(long number) {
    long half = (number ^ number >>> 33) * 0xFF51AFD7ED558CCDL;
    long whole = (half ^ half >>> 33) * 0xC4CEB9FE1A85EC53L;
    return whole ^ whole >>> 33;
  }

  private static void raise(long user, long mark, Pipeline to) {
    to.script(RAISE, 2, key(FEED_KEY, user), key(FILL_KEY, user), number(mark));
  }

  private void timeline(FeedWrite.Timeline timeline, Pipeline to) {
    byte[] key = key(TIMELINE_KEY, timeline.author());
    Posts posts = timeline.posts();
    if (timeline.whole()) {
      byte[][] arguments = entries(posts, 1);
      arguments[0] = key;
      arguments[arguments.length - 2] = number(timeline.mark());
      arguments[arguments.length - 1] = SENTINEL;
      to.command(Command.DEL, key);
      to.command(Command.ZADD, arguments);
      return;
    }
    for (int i = 0; i < posts.size(); i++) {
      to.script(
          TIMELINE,
          1,
          key,
          number(this.timeline),
          number(timeline.mark()),
          number(posts.positions()[i]),
          number(posts.ids()[i]));
    }
  }

  /** Score and member of each, behind room for the key and before room for more. */
  private static byte[][] entries(Posts posts, int more) {
    byte[][] entries = new byte[1 + 2 * (posts.size() + more)][];
    for (int i = 0; i < posts.size(); i++) {
      entries[1 + 2 * i] = number(posts.positions()[i]);
      entries[2 + 2 * i] = number(posts.ids()[i]);
    }
    return entries;
  }
}
