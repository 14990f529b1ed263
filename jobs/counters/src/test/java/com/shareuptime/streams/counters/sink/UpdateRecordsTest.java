package com.shareuptime.streams.counters.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.total.CounterUpdate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Literally, as readers of the topic know them. */
class UpdateRecordsTest {
  private static final CounterTarget POST = new CounterTarget(Target.Type.POST, Id.of(42));

  @Test
  void aRecordHasTheCountsInTheOrderOfTheListBetweenTargetAndVersion() {
    assertThat(json(new CounterUpdate(POST, Counts.of(5, 2, 1), 7, false, 9)))
        .startsWith(
            "{\"target\":\"post\",\"target_id\":42,\"likes_count\":5,\"comments_count\":2,\"shares_count\":1,")
        .endsWith(",\"version\":7,\"as_of\":\"1970-01-01T00:00:00.009Z\"}");
  }

  @Test
  void oneOfATargetThatIsGoneSaysSo() {
    assertThat(json(new CounterUpdate(POST, Counts.ZERO, 7, true, 9)))
        .endsWith("\"as_of\":\"1970-01-01T00:00:00.009Z\",\"deleted\":true}");
  }

  @Test
  void anIdThatIsNoNumberIsAText() {
    CounterTarget reel = new CounterTarget(Target.Type.REEL, Id.of("ü\"{1}"));
    ProducerRecord<byte[], byte[]> record =
        record(new CounterUpdate(reel, Counts.ZERO, 7, false, 9));
    assertThat(record.key()).asString(StandardCharsets.UTF_8).isEqualTo("reel:ü\"{1}");
    assertThat(record.value())
        .asString(StandardCharsets.UTF_8)
        .startsWith("{\"target\":\"reel\",\"target_id\":\"ü\\\"{1}\",\"likes_count\":0,");
  }

  private static String json(CounterUpdate update) {
    ProducerRecord<byte[], byte[]> record = record(update);
    assertThat(new String(record.key(), StandardCharsets.US_ASCII)).isEqualTo("post:42");
    return new String(record.value(), StandardCharsets.US_ASCII);
  }

  private static ProducerRecord<byte[], byte[]> record(CounterUpdate update) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    new UpdateRecords(new ShownCounters(IdKinds.NUMBERS)).of(List.of(update), records::add);
    assertThat(records).hasSize(1);
    assertThat(records.get(0).topic()).isEqualTo("counter-updates");
    return records.get(0);
  }
}
