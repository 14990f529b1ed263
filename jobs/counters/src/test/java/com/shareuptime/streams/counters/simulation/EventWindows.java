package com.shareuptime.streams.counters.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.SimulatedCounters;
import com.shareuptime.streams.counters.window.WindowUpdate;
import com.shareuptime.streams.simulation.SimulatedStore;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the minutes must say: of each event that came in time, once. And that a minute which was
 * closed stays as it was.
 */
final class EventWindows {
  private static final long MINUTE = 60_000;

  /** What may lie between an event's coming and its being counted, in milliseconds. */
  private static final long SLACK = 20_000;

  private record Made(CounterTarget target, CounterKind kind, boolean create, long minute) {}

  /** What came for a minute, and whether some of it came at a time when it may count or not. */
  private static final class Minute {
    final long[] net = new long[CounterKind.FIXED];
    boolean unsure;
  }

  private final Map<String, Made> made = new HashMap<>();
  private final Map<String, Long> appended = new HashMap<>();
  private final Map<WindowUpdate.Key, Minute> minutes = new LinkedHashMap<>();
  private final Map<WindowUpdate.Key, Counts> closed = new LinkedHashMap<>();

  void made(String id, CounterTarget target, CounterKind kind, boolean create, long occurred) {
    made.put(id, new Made(target, kind, create, occurred));
  }

  /** An event is appended, maybe not for the first time. */
  void appended(String id, long at) {
    Long first = appended.putIfAbsent(id, at);
    Made event = made.get(id);
    long occurred = Math.min(event.minute, at);
    long start = Math.floorDiv(occurred, MINUTE) * MINUTE;
    long closes = start + MINUTE + SimulatedCounters.LATENESS.toMillis();
    Minute minute =
        minutes.computeIfAbsent(new WindowUpdate.Key(event.target, start), any -> new Minute());
    if (first != null) {
      // whether it is seen as a repeat is another's to prove
      minute.unsure |= at - first > SimulatedCounters.HORIZON.toMillis() - SLACK;
      return;
    }
    if (at >= closes) {
      return; // a dead letter
    }
    // what comes just before may be read after that
    minute.unsure |= at > closes - SLACK;
    minute.net[event.kind.ordinal()] += event.create ? 1 : -1;
  }

  /** All events are read, and time is far past the minutes that are judged. */
  void judge(SimulatedStore<WindowUpdate.Key, WindowUpdate> store, long wholeFrom, long now) {
    minutes.forEach(
        (key, minute) -> {
          if (minute.unsure || key.start() < wholeFrom || key.start() + MINUTE + SLACK > now) {
            return;
          }
          assertThat(counts(store.get(key)))
              .as("counts of %s in the minute %d", key.target().text(), key.start())
              .isEqualTo(Counts.of(minute.net));
        });
  }

  /** Of a minute that is closed by now, what it says; it must say so ever after. */
  void close(SimulatedStore<WindowUpdate.Key, WindowUpdate> store, long now) {
    closed.forEach(
        (key, counts) ->
            assertThat(counts(store.get(key)))
                .as("closed minute %d of %s", key.start(), key.target().text())
                .isEqualTo(counts));
    for (WindowUpdate.Key key : store.keys()) {
      if (key.start() + MINUTE + SimulatedCounters.LATENESS.toMillis() + SLACK < now) {
        closed.putIfAbsent(key, counts(store.get(key)));
      }
    }
  }

  void forgetClosed() {
    closed.clear();
  }

  private static Counts counts(WindowUpdate window) {
    return window == null ? Counts.ZERO : window.counts();
  }
}
