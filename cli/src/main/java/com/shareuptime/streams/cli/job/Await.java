package com.shareuptime.streams.cli.job;

import com.shareuptime.streams.contract.CommandException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Asks until there is an answer. */
public final class Await {
  private static final Duration POLL = Duration.ofMillis(200);

  private Await() {}

  /** The first answer within {@code patience}, otherwise {@code onTimeout}'s exception. */
  public static <T> T answer(
      Duration patience, Supplier<Optional<T>> question, Supplier<CommandException> onTimeout) {
    AtomicReference<Optional<T>> answer = new AtomicReference<>(Optional.empty());
    until(
        patience,
        POLL,
        () -> {
          answer.set(question.get());
          return answer.get().isPresent();
        });
    return answer.get().orElseThrow(onTimeout);
  }

  /** Whether something comes true within {@code patience}; looks at least once. */
  public static boolean until(Duration patience, Duration every, BooleanSupplier condition) {
    Instant deadline = Instant.now().plus(patience);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        return false;
      }
      pause(every);
    }
    return true;
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
