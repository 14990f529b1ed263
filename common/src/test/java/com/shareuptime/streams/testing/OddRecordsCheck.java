package com.shareuptime.streams.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.local.odd.OddRecords;
import com.shareuptime.streams.source.RawRecord;
import com.shareuptime.streams.source.RecordFunction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/**
 * Checks that a function which reads records takes whatever comes: nothing is thrown, and what it
 * makes of a record can be sent on to other subtasks.
 */
public final class OddRecordsCheck<I, T> {
  /** Drawn for each well-formed record. */
  private static final int RECORDS = Integer.getInteger("odd.records", 1_000);

  private static final long APPENDED = 1_795_941_814_000L;
  private static final long SEED = Long.getLong("odd.seed", 20261129L);

  private final RecordFunction<I, T> function;
  private final TypeInformation<T> type;
  private final Function<byte[], I> record;
  private final List<OutputTag<?>> tags = new ArrayList<>();

  private int read;

  private OddRecordsCheck(
      RecordFunction<I, T> function, TypeInformation<T> type, Function<byte[], I> record) {
    this.function = function;
    this.type = type;
    this.record = record;
  }

  /** Of a function that reads changes of rows of a table. */
  public static <T> OddRecordsCheck<CdcRecord, T> ofRows(
      RecordFunction<CdcRecord, T> function, TypeInformation<T> type, CdcTable table) {
    return ofRows(function, type, table, Id.of(7));
  }

  /** The same, of rows that have an id. */
  public static <T> OddRecordsCheck<CdcRecord, T> ofRows(
      RecordFunction<CdcRecord, T> function, TypeInformation<T> type, CdcTable table, Id id) {
    byte[] key = ("{\"id\":" + IdJson.node(id) + "}").getBytes(StandardCharsets.UTF_8);
    RowVersion version = new RowVersion(1, 9);
    return new OddRecordsCheck<>(
        function,
        type,
        value -> new CdcRecord(table, 0, 1, APPENDED, key, value, version, null, null));
  }

  /** Of a function that reads records as they are. */
  public static <T> OddRecordsCheck<RawRecord, T> ofRecords(
      RecordFunction<RawRecord, T> function, TypeInformation<T> type, String topic) {
    return new OddRecordsCheck<>(
        function, type, value -> new RawRecord(topic, 0, 1, APPENDED, null, value));
  }

  /** A side output of what was read. */
  public OddRecordsCheck<I, T> with(OutputTag<?> tag) {
    tags.add(tag);
    return this;
  }

  /** Draws odd records like each of these, which are well-formed: some are read, some refused. */
  public void takes(String... wellFormed) throws Exception {
    int refused = 0;
    for (String json : wellFormed) {
      OddRecords odd = new OddRecords(SEED + json.hashCode());
      try (var harness = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(function))) {
        harness.open();
        for (int i = 0; i < RECORDS; i++) {
          byte[] value = odd.odd(json);
          take(harness, value, i);
        }
        refused += harness.getSideOutput(RecordFunction.DEAD_LETTERS).size();
      }
    }
    assertThat(read).as("read").isPositive();
    assertThat(refused).as("refused").isPositive();
  }

  private void take(OneInputStreamOperatorTestHarness<I, T> harness, byte[] value, int number) {
    try {
      harness.getOutput().clear();
      harness.processElement(new StreamRecord<>(record.apply(value)));
      for (T made : harness.extractOutputValues()) {
        send(made, type);
        read++;
      }
      for (OutputTag<?> tag : tags) {
        sendLast(harness, tag);
      }
    } catch (Exception e) {
      String text = value == null ? "null" : new String(value, StandardCharsets.UTF_8);
      throw new AssertionError("record %d of seed %d: %.500s".formatted(number, SEED, text), e);
    }
  }

  private <X> void sendLast(OneInputStreamOperatorTestHarness<I, T> harness, OutputTag<X> tag)
      throws IOException {
    Queue<StreamRecord<X>> made = harness.getSideOutput(tag);
    if (made == null) {
      return;
    }
    for (StreamRecord<X> one : made) {
      send(one.getValue(), tag.getTypeInfo());
      read++;
    }
    made.clear();
  }

  private static <X> void send(X value, TypeInformation<X> type) throws IOException {
    type.createSerializer(new SerializerConfigImpl())
        .serialize(value, new DataOutputSerializer(1024));
  }
}
