package com.shareuptime.streams.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfirmationsTest {
  private static final int REMEMBERED = 3;

  private final ForgetfulStore store = new ForgetfulStore();
  private final Counter lossCount = new SimpleCounter();
  private final List<List<StoreMark>> losses = new ArrayList<>();
  private boolean good = true;

  /** One start of a writer of batches of one key each. */
  private final class Writer {
    private final Confirmations<String> confirmations;
    private boolean connected;

    Writer(List<StoreMark> earlier) {
      confirmations =
          new Confirmations<>(
              "test",
              new LostWrites() {
                @Override
                public boolean makeGood(List<StoreMark> lost) {
                  losses.add(lost);
                  return good;
                }

                @Override
                public String advice() {
                  return "mend";
                }
              },
              earlier,
              lossCount,
              new RecentWrites<>(Long.MAX_VALUE, REMEMBERED, () -> 0));
    }

    void write(String... batch) throws Exception {
      try {
        if (!connected) {
          confirmations.connected(store, this::put);
          connected = true;
        }
        long confirmed = confirmations.confirmed();
        List<String> values = List.of(batch);
        if (values.isEmpty()) {
          long held =
              store
                  .read(List.of(confirmations.writer()))
                  .getOrDefault(confirmations.writer(), Confirmations.UNKNOWN);
          confirmations.looked(held, store, this::put);
          return;
        }
        put(values);
        long before = store.note(confirmations.writer(), confirmed, confirmed + 1);
        confirmations.written(values, before, store, this::put);
      } catch (IOException e) {
        connected = false;
        throw e;
      }
    }

    private void put(List<String> batch) throws IOException {
      for (String key : batch) {
        store.put(key, 1);
      }
    }
  }

  @Test
  void whatIsRememberedIsSentAgain() throws Exception {
    Writer writer = new Writer(List.of());
    writer.write("a");
    int then = store.length();
    writer.write("b");
    writer.write("c");
    store.goBackTo(then);
    writer.write();
    assertThat(store.values()).containsOnlyKeys("a", "b", "c");
    assertThat(losses).isEmpty();
    assertThat(writer.confirmations.lacksWrites()).isFalse();
  }

  @Test
  void whatIsSentAgainComesBeforeWhatIsNewer() throws Exception {
    Writer writer = new Writer(List.of());
    writer.write("a");
    int then = store.length();
    writer.write("b");
    store.goBackTo(then);
    writer.write("c");
    assertThat(store.values()).containsOnlyKeys("a", "b", "c");
    assertThat(store.last()).isEqualTo("c");
  }

  @Test
  void aLossBeyondMemoryIsToldOnceAndNoLongerWhenItIsMadeGood() throws Exception {
    Writer writer = new Writer(List.of());
    writer.write("a");
    int then = store.length();
    for (int i = 0; i <= REMEMBERED; i++) {
      writer.write("k" + i);
    }
    store.goBackTo(then);
    writer.write("b");
    writer.write();
    writer.write("c");
    assertThat(losses).hasSize(1);
    assertThat(lossCount.getCount()).isEqualTo(1);
    assertThat(store.values()).containsKeys("b", "c");
  }

  @Test
  void aStoreThatIsEmptyHasLostWhatOthersWrote() throws Exception {
    Writer writer = new Writer(List.of());
    writer.write("a");
    store.goBackTo(0);
    writer.write();
    assertThat(losses).hasSize(1);
  }

  @Test
  void theLastSecondIsMissedByTheRunThatGoesOnFromACheckpoint() throws Exception {
    Writer first = new Writer(List.of());
    first.write("a");
    int then = store.length();
    first.write("b");
    List<StoreMark> checkpoint = first.confirmations.marks();
    first.write("c"); // after the checkpoint: a replay writes it again
    store.goBackTo(then);

    Writer second = new Writer(checkpoint);
    assertThat(second.confirmations.lacksWrites()).as("until it has looked").isTrue();
    second.write();
    assertThat(losses)
        .containsExactly(List.of(new StoreMark(first.confirmations.writer(), 2, false)));
    assertThat(second.confirmations.lacksWrites()).isFalse();
  }

  @Test
  void whatCameAfterTheCheckpointIsNotMissed() throws Exception {
    Writer first = new Writer(List.of());
    first.write("a");
    List<StoreMark> checkpoint = first.confirmations.marks();
    int then = store.length();
    first.write("b");
    store.goBackTo(then);
    new Writer(checkpoint).write("b");
    assertThat(losses).isEmpty();
  }

  @Test
  void aLossThatCannotBeMadeGoodIsRememberedByEveryLaterRun() throws Exception {
    good = false;
    Writer writer = new Writer(List.of());
    writer.write("a");
    store.goBackTo(0);
    writer.write("b");
    assertThat(writer.confirmations.lacksWrites()).isTrue();
    writer.write("c");

    Writer second = new Writer(writer.confirmations.marks());
    second.write("d");
    assertThat(second.confirmations.lacksWrites()).isTrue();
    Writer third = new Writer(second.confirmations.marks());
    good = true;
    third.write("e");
    assertThat(third.confirmations.lacksWrites()).isFalse();
    assertThat(third.confirmations.marks()).hasSize(1);
  }

  @Test
  void nothingIsClaimedWhileTheLossCannotBeMadeGoodYet() throws Exception {
    Writer writer = new Writer(List.of());
    writer.write("a");
    store.goBackTo(0);
    store.away = true;
    assertThatThrownBy(writer::write).isInstanceOf(IOException.class);
    store.away = false;
    writer.write();
    assertThat(losses).hasSize(1);
  }

  /**
   * Batches, restarts from a checkpoint and stores that go back, in any order: in the end the store
   * holds all that was confirmed before the newest checkpoint or after it, or the loss was told.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void nothingConfirmedIsEverMissingUntold(long seed) throws Exception {
    Random random = new Random(seed);
    for (int history = 0; history < 500; history++) {
      store.goBackTo(0);
      losses.clear();
      Map<String, Long> expected = new HashMap<>();
      Map<String, Long> atCheckpoint = new HashMap<>();
      List<StoreMark> checkpoint = List.of();
      List<Writer> writers = start(checkpoint, 1 + random.nextInt(3));
      for (int step = 0; step < 30; step++) {
        int choice = random.nextInt(20);
        if (choice < 12) {
          String key = "k" + random.nextInt(40);
          writers.get(random.nextInt(writers.size())).write(key);
          expected.put(key, 1L);
        } else if (choice < 14) {
          writers.get(random.nextInt(writers.size())).write();
        } else if (choice < 16) {
          checkpoint = marks(writers);
          atCheckpoint = new HashMap<>(expected);
        } else if (choice < 18) {
          store.goBackTo(Math.max(0, store.length() - random.nextInt(12)));
          if (random.nextBoolean()) {
            writers.forEach(writer -> writer.connected = false);
          }
        } else {
          writers = start(checkpoint, 1 + random.nextInt(3));
          expected = new HashMap<>(atCheckpoint); // a replay writes the rest again
        }
      }
      for (Writer writer : writers) {
        writer.write();
      }
      if (losses.isEmpty()) {
        assertThat(store.values())
            .as("seed %d, history %d", seed, history)
            .containsAllEntriesOf(expected);
      }
    }
  }

  private List<Writer> start(List<StoreMark> checkpoint, int count) {
    List<Writer> writers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      writers.add(new Writer(checkpoint));
    }
    return writers;
  }

  private static List<StoreMark> marks(List<Writer> writers) {
    List<StoreMark> marks = new ArrayList<>();
    writers.forEach(writer -> marks.addAll(writer.confirmations.marks()));
    return marks;
  }
}
