package com.shareuptime.streams.cdc;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Reads the headers of cdc records. A header that cannot be read leaves its component null: the
 * job's parser then sends the record to the dead letters, the source never fails on it.
 */
public final class CdcRecordDeserializer implements KafkaRecordDeserializationSchema<CdcRecord> {
  private static final long serialVersionUID = 1L;

  private final Map<String, CdcTable> tables;

  private transient String topic;
  private transient CdcTable table;

  /**
   * @param tables whose topics are read
   */
  public CdcRecordDeserializer(List<CdcTable> tables) {
    this.tables = tables.stream().collect(Collectors.toMap(CdcTable::topic, Function.identity()));
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<CdcRecord> out) {
    if (!record.topic().equals(topic)) {
      topic = record.topic();
      table = tables.get(topic);
    }
    RowVersion version = null;
    Heartbeat heartbeat = null;
    GenerationEnd end = null;
    try {
      Headers headers = record.headers();
      Header header = headers.lastHeader(RowVersion.HEADER);
      if (header != null) {
        version = RowVersion.parse(header.value());
      } else if ((header = headers.lastHeader(Heartbeat.HEADER)) != null) {
        heartbeat = Heartbeat.parse(header.value());
      } else if ((header = headers.lastHeader(GenerationEnd.HEADER)) != null) {
        end = GenerationEnd.parse(header.value());
      }
    } catch (RuntimeException malformed) {
      version = null;
    }
    out.collect(
        new CdcRecord(
            table,
            record.partition(),
            record.offset(),
            record.timestamp(),
            record.key(),
            record.value(),
            version,
            heartbeat,
            end));
  }

  @Override
  public TypeInformation<CdcRecord> getProducedType() {
    return CdcRecord.TYPE;
  }
}
