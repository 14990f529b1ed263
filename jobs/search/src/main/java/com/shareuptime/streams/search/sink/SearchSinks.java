package com.shareuptime.streams.search.sink;

import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.deadletter.DeadLetterSink;
import com.shareuptime.streams.option.KafkaAddress;
import com.shareuptime.streams.option.OpenSearchAddress;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.option.RedisAddress;
import com.shareuptime.streams.progress.Progress;
import com.shareuptime.streams.progress.ProgressSinks;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.SearchMode;
import com.shareuptime.streams.search.SearchOptions;
import com.shareuptime.streams.search.SearchTargets;
import com.shareuptime.streams.search.document.DocumentWrite;
import com.shareuptime.streams.sink.CoalescingSink;
import com.shareuptime.streams.sink.SinkOptions;
import com.shareuptime.streams.sink.opensearch.BulkItem;
import com.shareuptime.streams.sink.opensearch.BulkWriter;
import java.util.TreeSet;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The indexes of posts and of reels, and the progress of each. Documents that come from events have
 * none: nobody knows up to which commit the events are complete.
 */
public class SearchSinks {
  private static final int BATCH = 2_000;

  /** Documents may be 64 kB and more: a million would not fit into memory. */
  private static final int MAX_PENDING = 20_000;

  private final String job;
  private final ReadableConfig options;
  private final SearchTargets targets;
  private final SearchMode mode;

  /**
   * @param job named in dead letters
   */
  public SearchSinks(String job, ReadableConfig options, SearchTargets targets) {
    this.job = job;
    this.options = options;
    this.targets = targets;
    this.mode = options.get(SearchOptions.MODE);
  }

  /**
   * Writes documents, those of each type to their index, and publishes what searches can find by
   * now.
   *
   * @param beats heartbeats of the rows, from where on progress may be published
   */
  public DataStream<DeadLetter> indexes(
      DataStream<DocumentWrite> writes, DataStream<Heartbeat> beats) {
    DataStream<DeadLetter> letters = null;
    DataStream<Progress> progress = null;
    for (DocumentType type : new TreeSet<>(targets.types())) {
      var written = index(type, targets.index(type), writes);
      letters = letters == null ? written : letters.union(written);
      if (mode.usesRows(type)) {
        var reached = ProgressSinks.of(type.surface(), beats, written);
        progress = progress == null ? reached : progress.union(reached);
      }
    }
    return progress == null ? letters : letters.union(progress(progress));
  }

  private DataStream<DeadLetter> progress(DataStream<Progress> progress) {
    PostgresAddress postgres = PostgresAddress.sink(options);
    return ProgressSinks.write(
            job, progress, new IndexProgressWriter(postgres, targets), ProgressSinks.POSTGRES)
        .union(
            ProgressSinks.write(
                job,
                progress,
                new AliasProgressWriter(
                    postgres, targets, ProgressSinks.redisWriter(RedisAddress.of(options))),
                ProgressSinks.REDIS));
  }

  private DataStream<DeadLetter> index(
      DocumentType type, String index, DataStream<DocumentWrite> writes) {
    String surface = type.surface().label();
    var writer =
        new BulkWriter<DocumentWrite>(
            OpenSearchAddress.of(options),
            index,
            write ->
                new BulkItem(
                    index, write.document().id().toString(), write.version(), write.json()));
    var ofType =
        writes
            .filter(write -> write.document().type() == type)
            .name("documents of " + type.alias());
    return new CoalescingSink<>(
            DocumentWrite::document,
            DocumentWrite::version,
            writer,
            SinkOptions.of(job, surface, options.get(SearchOptions.FLUSH))
                .withBatchSize(BATCH)
                .withMaxPendingKeys(MAX_PENDING))
        .write(ofType)
        .uid("sink-" + surface);
  }

  /** Writes dead letters. */
  public void deadLetters(DataStream<DeadLetter> letters) {
    DeadLetterSink.write(letters, KafkaAddress.of(options));
  }
}
