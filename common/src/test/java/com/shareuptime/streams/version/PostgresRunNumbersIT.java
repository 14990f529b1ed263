package com.shareuptime.streams.version;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.sink.Servers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Run numbers as a real Postgres hands them out. */
@Timeout(120)
class PostgresRunNumbersIT {
  private final String job = "job-" + UUID.randomUUID();
  private PostgresRunNumbers numbers;

  @BeforeEach
  void connect() throws Exception {
    LocalStack stack = Servers.postgres();
    numbers = new PostgresRunNumbers(Servers.postgresAddress(stack));
  }

  @Test
  void aStartUsesOneNumberHoweverManySubtasksAndWritersItHas() throws Exception {
    long first = numbers.next();
    for (int start = 1; start <= 10; start++) {
      for (int subtask = 0; subtask < 8; subtask++) {
        assertThat(draw("totals", subtask, 8)).isEqualTo(first + start);
        assertThat(draw("windows", subtask, 8)).isEqualTo(first + start);
      }
    }
    assertThat(numbers.next()).isEqualTo(first + 11);
  }

  @Test
  void anotherNumberOfSubtasksIsAnotherStart() throws Exception {
    long before = draw("totals", 0, 1);
    List<Long> after = new ArrayList<>();
    for (int subtask = 0; subtask < 4; subtask++) {
      after.add(draw("totals", subtask, 4));
    }
    assertThat(after).allMatch(number -> number > before).allMatch(after.get(0)::equals);
  }

  /** Starts that fail half-way, rescales, and a start that was thought dead among another. */
  @Test
  void noSubtaskEverGetsANumberThatItsKeysMayHaveHad() throws Exception {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      String name = job + seed;
      int subtasks = 1 + random.nextInt(4);
      Map<Integer, Long> last = new HashMap<>();
      long highest = 0;
      for (int n = 0; n < 40; n++) {
        if (random.nextInt(10) == 0) {
          int changed = 1 + random.nextInt(4);
          if (changed != subtasks) {
            subtasks = changed;
            last.clear();
            for (int subtask = 0; subtask < subtasks; subtask++) {
              last.put(subtask, highest); // any of their keys may have been anywhere
            }
          }
        }
        int subtask = random.nextInt(subtasks);
        long number = numbers.next(new WritingSubtask(name, "totals", subtask, subtasks));
        assertThat(number)
            .as("seed %d, draw %d", seed, n)
            .isGreaterThan(last.getOrDefault(subtask, 0L));
        last.put(subtask, number);
        highest = Math.max(highest, number);
      }
    }
  }

  @Test
  void subtasksThatDrawAtTheSameTimeShareTheNumber() throws Exception {
    int subtasks = 6;
    long previous = 0;
    var threads = Executors.newFixedThreadPool(subtasks);
    try {
      for (int start = 0; start < 5; start++) {
        List<Callable<Long>> draws = new ArrayList<>();
        for (int i = 0; i < subtasks; i++) {
          int subtask = i;
          draws.add(() -> draw("totals", subtask, subtasks));
        }
        Set<Long> drawn = new HashSet<>();
        for (Future<Long> draw : threads.invokeAll(draws)) {
          drawn.add(draw.get());
        }
        assertThat(drawn).hasSize(1);
        long number = drawn.iterator().next();
        assertThat(number).isGreaterThan(previous);
        previous = number;
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private long draw(String writer, int subtask, int subtasks) throws Exception {
    return numbers.next(new WritingSubtask(job, writer, subtask, subtasks));
  }
}
