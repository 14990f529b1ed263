package com.shareuptime.streams.ingest.topic;

import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;

/** Tells {@link WriterClaim} when a producer has closed: nothing of it can reach a topic later. */
record QuietAfterClose(Sink<TopicRecord> topics, String slot) implements Sink<TopicRecord> {

  @Override
  @SuppressWarnings("deprecation") // the method that the Kafka sink of this version has
  public SinkWriter<TopicRecord> createWriter(InitContext context) throws IOException {
    return new Writer(topics.createWriter(context), slot);
  }

  private record Writer(SinkWriter<TopicRecord> writer, String slot)
      implements SinkWriter<TopicRecord> {
    @Override
    public void write(TopicRecord record, Context context)
        throws IOException, InterruptedException {
      writer.write(record, context);
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
      writer.flush(endOfInput);
    }

    @Override
    public void close() throws Exception {
      writer.close();
      WriterClaim.closed(slot);
    }
  }
}
