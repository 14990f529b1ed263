package com.shareuptime.streams.cli.tail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** The dead letters that name somebody. */
public final class RefusedRecords extends RecordFilter {
  private static final String TOPIC = "dead-letters";

  private static final Comparator<RefusedRecord> NEWEST_FIRST =
      Comparator.comparing((RefusedRecord letter) -> Instant.parse(letter.failedAt())).reversed();

  private final Mentions mentions;
  private final List<RefusedRecord> letters = new ArrayList<>();

  public RefusedRecords(Mentions mentions, Instant since) {
    super(Set.of(TOPIC), since);
    this.mentions = mentions;
  }

  @Override
  protected void see(ConsumerRecord<byte[], byte[]> record) {
    String origin = header(record, "topic");
    if (mentions.isIn(origin, text(record.key()), text(record.value()))) {
      letters.add(
          new RefusedRecord(
              header(record, "reason"),
              header(record, "job"),
              origin,
              Integer.parseInt(header(record, "partition")),
              Long.parseLong(header(record, "offset")),
              Instant.ofEpochMilli(record.timestamp()).toString(),
              header(record, "detail")));
    }
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, UTF_8);
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : text(header.value());
  }

  public int count() {
    return letters.size();
  }

  public List<RefusedRecord> newest(int count) {
    return letters.stream().sorted(NEWEST_FIRST).limit(count).toList();
  }
}
