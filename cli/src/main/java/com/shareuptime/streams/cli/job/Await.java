package com.shareuptime.streams.cli.job;

import com.shareuptime.streams.contract.CommandException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks until there is an answer. */
public final class Await {
  private static final Duration POLL = Duration.ofMillis(200);

  private Await() {}

  /** The first answer within {@code patience}, otherwise {@code onTimeout}'s exception. */
  public static <T> T answer(
      Duration patience, Supplier<Optional<T>> question, Supplier<CommandException> onTimeout) {
    Instant deadline = Instant.now().plus(patience);
    while (true) {
      Optional<T> answer = question.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      if (Instant.now().isAfter(deadline)) {
        throw onTimeout.get();
      }
      pause(POLL);
    }
  }

  public static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.unreachable("Interrupted while waiting.", "Run the command again.", e);
    }
  }
}
