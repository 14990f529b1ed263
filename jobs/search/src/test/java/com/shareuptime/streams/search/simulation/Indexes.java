package com.shareuptime.streams.search.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.progress.Progress;
import com.shareuptime.streams.progress.ProgressSinks;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.SimulatedSearch;
import com.shareuptime.streams.search.document.DocumentWrite;
import com.shareuptime.streams.search.sink.SearchSinks;
import com.shareuptime.streams.simulation.SimulatedStore;
import com.shareuptime.streams.simulation.SimulatedWriter;
import com.shareuptime.streams.simulation.Simulation;
import com.shareuptime.streams.sink.CoalescingSink;
import com.shareuptime.streams.sink.SinkOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The indexes of a history: what readers find in them, and how far progress says they are. */
final class Indexes {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Is told when progress moves. */
  interface Promise {
    void upTo(DocumentType type, long lsn);
  }

  /** Is told when a document that readers found is there no more. */
  interface Hidden {
    void now(DocumentKey document);
  }

  private final SimulatedStore<DocumentKey, byte[]> store = new SimulatedStore<>();
  private final Map<DocumentType, Long> progress = new EnumMap<>(DocumentType.class);
  private final Simulation simulation;
  private final Promise promise;
  private final Hidden hidden;

  Indexes(Simulation simulation, Promise promise, Hidden hidden) {
    this.hidden = hidden;
    this.simulation = simulation;
    this.promise = promise;
    simulation.share("indexes", this);
  }

  /** Documents that were ever written, hidden ones too. */
  List<DocumentKey> documents() {
    return new ArrayList<>(store.keys());
  }

  /** What readers find under the alias; null if nothing. */
  JsonNode found(DocumentKey document) {
    byte[] json = store.get(document);
    if (json == null || json.length == 0) {
      return null;
    }
    try {
      JsonNode parsed = JSON.readTree(json);
      return parsed.path("hidden").asBoolean() ? null : parsed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Up to which commit all is found, as far as was said. */
  long progress(DocumentType type) {
    return progress.getOrDefault(type, 0L);
  }

  private void write(DocumentWrite write) {
    byte[] json = write.json() == null ? new byte[0] : write.json();
    boolean wasFound = found(write.document()) != null;
    boolean kept = store.write(write.document(), write.version(), json);
    if (simulation.isTraced()) {
      simulation.note("%s, %s", write, kept ? "kept" : "old");
    }
    if (wasFound && found(write.document()) == null) {
      hidden.now(write.document());
    }
  }

  private void promise(Progress reached) {
    DocumentType type = DocumentType.of(reached.surface());
    if (progress.getOrDefault(type, 0L) < reached.lsn()) {
      progress.put(type, reached.lsn());
      simulation.note("%s has passed %d", reached.surface().label(), reached.lsn());
      promise.upTo(type, reached.lsn());
    }
  }

  /** The job's sinks, into the indexes of the history that runs. */
  static final class Sinks extends SearchSinks {
    Sinks() {
      super("search", new Configuration(), SimulatedSearch.targets());
    }

    @Override
    public DataStream<DeadLetter> indexes(
        DataStream<DocumentWrite> writes, DataStream<Heartbeat> beats) {
      DataStream<DeadLetter> all = null;
      for (DocumentType type : DocumentType.values()) {
        Surface surface = type.surface();
        var written =
            new CoalescingSink<>(
                    DocumentWrite::document,
                    DocumentWrite::version,
                    new DocumentWriter(),
                    SinkOptions.of("search", surface.label(), Duration.ofMillis(100))
                        .withBatchSize(4))
                .write(
                    writes
                        .filter(write -> write.document().type() == type)
                        .uid("documents-of-" + type.alias()))
                .uid("sink-" + surface.label());
        var reached =
            ProgressSinks.write(
                "search",
                ProgressSinks.of(surface, beats, written),
                new ProgressWriter(),
                "progress-of-" + surface.label());
        all = all == null ? written.union(reached) : all.union(written, reached);
      }
      return all;
    }

    @Override
    public void deadLetters(DataStream<DeadLetter> letters) {
      letters
          .flatMap(
              (DeadLetter letter, org.apache.flink.util.Collector<DeadLetter> out) -> {
                throw new IllegalStateException(letter.toString());
              })
          .returns(DeadLetter.TYPE)
          .uid("no-dead-letters");
    }
  }

  private static final class DocumentWriter extends SimulatedWriter<DocumentWrite> {
    private static final long serialVersionUID = 1L;

    @Override
    protected void apply(DocumentWrite write, Simulation simulation) {
      simulation.<Indexes>shared("indexes").write(write);
    }
  }

  private static final class ProgressWriter extends SimulatedWriter<Progress> {
    private static final long serialVersionUID = 1L;

    @Override
    protected void apply(Progress progress, Simulation simulation) {
      simulation.<Indexes>shared("indexes").promise(progress);
    }
  }
}
