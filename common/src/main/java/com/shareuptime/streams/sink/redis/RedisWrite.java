package com.shareuptime.streams.sink.redis;

import java.io.Serializable;
import java.util.List;
import redis.clients.jedis.commands.ProtocolCommand;

/**
 * How a value is written: by one or more commands and scripts, all of which may be repeated in
 * their order without harm.
 */
public interface RedisWrite<T> extends Serializable {

  /** Takes the commands of a value, in order. */
  interface Pipeline {
    /** One plain command. */
    void command(ProtocolCommand command, byte[]... arguments);

    /**
     * One call of a script.
     *
     * @param script its place in {@link #scripts}
     * @param keys how many of the arguments are keys, which come first
     */
    void script(int script, int keys, byte[]... arguments);
  }

  /**
   * The texts of the scripts. Each returns 1 if it wrote, 0 if it found what is newer; or, as a
   * list of one number, how many entries the key has now; or the error {@code FENCED} if it found
   * that a later run of the job has written.
   */
  List<String> scripts();

  /** Queues the commands of one value. */
  void write(T value, Pipeline pipeline);

  /**
   * How long to wait after Redis was restarted before writing again. What depends on others' writes
   * waits until those have sent again what the restart lost.
   */
  default long pauseAfterRestartMillis() {
    return 0;
  }
}
