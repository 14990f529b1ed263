package com.shareuptime.streams.cli.tail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RowChangesTest {
  private final RowChanges changes =
      new RowChanges(Map.of("comments", Map.of("target_id", "42")), Instant.EPOCH);

  private void see(long id, String op, String before, String after, long lsn) {
    String value =
        "{\"before\":%s,\"after\":%s,\"source\":{\"lsn\":%d,\"ts_ms\":%d},\"op\":\"%s\"}"
            .formatted(before, after, lsn, lsn * 1_000, op);
    changes.see(
        new ConsumerRecord<>(
            "cdc.comments",
            0,
            lsn,
            "{\"id\":%d}".formatted(id).getBytes(UTF_8),
            value.getBytes(UTF_8)));
  }

  private static String row(long id, long target) {
    return "{\"id\":%d,\"target_id\":%d,\"is_deleted\":false}".formatted(id, target);
  }

  @Test
  void theNewestAreThoseOfTheLastCommits() {
    see(1, "c", "null", row(1, 42), 1);
    see(2, "c", "null", row(2, 42), 3);
    see(1, "u", "null", row(1, 42), 2);
    see(3, "c", "null", row(3, 41), 4);
    assertThat(changes.count()).isEqualTo(3);
    assertThat(changes.newest(2)).extracting(RowChange::lsn).containsExactly("0/3", "0/2");
  }

  @Test
  void aRepeatIsNoChange() {
    see(1, "c", "null", row(1, 42), 1);
    see(1, "c", "null", row(1, 42), 1);
    assertThat(changes.count()).isEqualTo(1);
  }

  @Test
  void aDeleteThatCarriesItsKeyOnlyIsKnownByWhatWasSeenBefore() {
    see(1, "c", "null", row(1, 42), 1);
    see(1, "d", "{\"id\":1}", "null", 2);
    see(2, "c", "null", row(2, 41), 3);
    see(2, "d", "{\"id\":2}", "null", 4);
    see(3, "d", "{\"id\":3}", "null", 5);
    assertThat(changes.newest(1)).extracting(RowChange::op).containsExactly("deleted");
    assertThat(changes.unknownDeletes()).isEqualTo(1);
  }

  @Test
  void aRowThatWasMovedAwayConcernsItOnceMore() {
    see(1, "c", "null", row(1, 42), 1);
    see(1, "u", "null", row(1, 41), 2);
    see(1, "u", "null", row(1, 41), 3);
    assertThat(changes.count()).isEqualTo(2);
  }
}
