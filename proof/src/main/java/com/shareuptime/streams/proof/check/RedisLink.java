package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.local.Addresses;
import java.util.function.Function;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** A connection to Redis that is opened when it is needed, and again after a failure. */
final class RedisLink implements AutoCloseable {
  private final Addresses addresses;
  private Jedis connection;

  RedisLink(Addresses addresses) {
    this.addresses = addresses;
  }

  /** The progress of any surface, as Redis tells it. */
  Lsn progressOf(String surface) {
    String lsn = ask(redis -> redis.hget("progress", surface));
    return lsn == null ? Lsn.NONE : Lsn.parse(lsn);
  }

  /**
   * Asks the server.
   *
   * @throws SurfaceAwayException if it does not answer
   */
  <T> T ask(Function<Jedis, T> question) {
    try {
      if (connection == null) {
        connection = addresses.redis();
      }
      return question.apply(connection);
    } catch (JedisException e) {
      close();
      throw new SurfaceAwayException("Redis", e);
    }
  }

  @Override
  public void close() {
    if (connection != null) {
      try {
        connection.close();
      } catch (JedisException e) {
        // closing is all that was wanted of it
      }
      connection = null;
    }
  }
}
