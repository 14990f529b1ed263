package com.shareuptime.streams.search;

import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.option.KafkaAddress;
import com.shareuptime.streams.option.OptionException;
import com.shareuptime.streams.option.OptionLoader;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.search.author.AuthorChange;
import com.shareuptime.streams.search.author.Authors;
import com.shareuptime.streams.search.author.AuthorshipRow;
import com.shareuptime.streams.search.author.TrackAuthorship;
import com.shareuptime.streams.search.control.ParseSearchControl;
import com.shareuptime.streams.search.count.ParseCounts;
import com.shareuptime.streams.search.document.AssembleDocument;
import com.shareuptime.streams.search.document.DocumentInput;
import com.shareuptime.streams.search.document.DocumentSettings;
import com.shareuptime.streams.search.document.DocumentWrite;
import com.shareuptime.streams.search.document.DocumentsStream;
import com.shareuptime.streams.search.row.ParseDocumentRow;
import com.shareuptime.streams.search.row.ParsePostEvent;
import com.shareuptime.streams.search.sink.SearchSinks;
import com.shareuptime.streams.search.vector.ParseVectors;
import com.shareuptime.streams.serialization.IdSerializer;
import com.shareuptime.streams.source.KafkaInputs;
import com.shareuptime.streams.source.KafkaTopics;
import com.shareuptime.streams.source.RawRecord;
import com.shareuptime.streams.version.PostgresRunNumbers;
import com.shareuptime.streams.version.RunNumbers;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/**
 * Keeps whole documents of posts and reels in OpenSearch.
 *
 * <pre>
 * users ─────────────────────┬─ authors ─┐
 *              ┌─ authorship ──┘           │
 * posts, reels ┴───────────────────────────┼─ documents ─┬─ posts in OpenSearch
 * counter-updates ─────────────────────────┤             └─ reels in OpenSearch
 * document-vectors ────────────────────────┘ (optional)
 * </pre>
 *
 * <p>In the mode {@code events} posts come from the topic {@code posts-events} instead, and who
 * wrote them from there, too.
 */
public final class SearchJob {
  /** The job's name in dead letters and control messages, and that of its first run in the UI. */
  public static final String NAME = "search";

  private SearchJob() {}

  /**
   * Submits the job; arguments are {@code --config FILE} and {@code --key value}.
   *
   * @throws OptionException if an option is wrong, or a server lacks what the job needs
   */
  public static void main(String[] args) throws Exception {
    Configuration options = OptionLoader.load(args, SearchOptions.OPTIONS.all());
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    KafkaAddress kafka = KafkaAddress.of(options);
    String run = options.get(SearchOptions.RUN);
    PostgresAddress postgres = PostgresAddress.sink(options);
    SearchTargets targets = SearchTargets.of(postgres, run);
    IdKinds kinds = postgres.idKinds();
    build(
        SearchSources.of(
            new KafkaInputs(run, env, kafka, KafkaTopics.of(kafka)), targets, kinds, options),
        new SearchSinks(run, options, targets),
        targets,
        kinds,
        new PostgresRunNumbers(postgres),
        SearchOptions.documents(options),
        options.get(SearchOptions.RENAMES_PER_SECOND));
    env.execute(run);
  }

  /** Puts the diagram together; starts nothing. */
  static void build(
      SearchSources in,
      SearchSinks out,
      SearchTargets targets,
      IdKinds kinds,
      RunNumbers runs,
      DocumentSettings settings,
      int authorChangesPerSecond) {
    var rows =
        in.rows()
            .process(new ParseDocumentRow(NAME, kinds))
            .returns(DocumentInput.TYPE)
            .name("parse rows")
            .uid("parse-rows")
            .setParallelism(in.rows().getParallelism());
    var postEvents = in.postEvents().map(records -> postEvents(records, kinds));
    var counts =
        in.counts()
            .process(new ParseCounts(NAME, targets.types(), kinds))
            .returns(DocumentInput.TYPE)
            .name("parse counts")
            .uid("parse-counts")
            .setParallelism(in.counts().getParallelism());
    var control =
        in.control()
            .process(new ParseSearchControl(NAME, targets.types(), settings.mode(), kinds))
            .returns(DocumentInput.TYPE)
            .name("parse control")
            .uid("parse-control")
            .setParallelism(in.control().getParallelism());
    var authorship =
        with(rows.getSideOutput(ParseDocumentRow.AUTHORSHIP), postEvents, ParsePostEvent.AUTHORSHIP)
            .union(control.getSideOutput(ParseDocumentRow.AUTHORSHIP))
            .keyBy(AuthorshipRow::document, DocumentKey.TYPE)
            .process(new TrackAuthorship(settings.retention()))
            .returns(AuthorChange.TYPE)
            .name("authorship")
            .uid("authorship");
    DataStream<DocumentInput> authors =
        authorship
            .union(
                rows.getSideOutput(ParseDocumentRow.AUTHORS),
                control.getSideOutput(ParseDocumentRow.AUTHORS))
            .keyBy(AuthorChange::author, IdSerializer.TYPE)
            .process(new Authors(authorChangesPerSecond, kinds))
            .returns(DocumentInput.TYPE)
            .name("authors")
            .uid("authors");
    var vectors = in.vectors().map(records -> vectors(records, targets, kinds));
    DataStream<DocumentInput> beside =
        vectors.<DataStream<DocumentInput>>map(counts::union).orElse(counts);
    DataStream<DocumentWrite> documents =
        DocumentsStream.of(
            postEvents
                .<DataStream<DocumentInput>>map(rows::union)
                .orElse(rows)
                .union(authors, beside, control, in.known()),
            rows.getSideOutput(ParseDocumentRow.GENERATIONS),
            new AssembleDocument(settings, targets, runs, kinds));
    DataStream<DeadLetter> letters =
        rows.getSideOutput(ParseDocumentRow.DEAD_LETTERS)
            .union(
                counts.getSideOutput(ParseCounts.DEAD_LETTERS),
                control.getSideOutput(ParseSearchControl.DEAD_LETTERS),
                out.indexes(documents, rows.getSideOutput(ParseDocumentRow.HEARTBEATS)));
    out.deadLetters(
        with(
            with(letters, postEvents, ParsePostEvent.DEAD_LETTERS),
            vectors,
            ParseVectors.DEAD_LETTERS));
  }

  /** Together with a side output of what may not be there. */
  private static <T> DataStream<T> with(
      DataStream<T> stream,
      Optional<SingleOutputStreamOperator<DocumentInput>> optional,
      OutputTag<T> tag) {
    return optional.map(parsed -> stream.union(parsed.getSideOutput(tag))).orElse(stream);
  }

  private static SingleOutputStreamOperator<DocumentInput> postEvents(
      DataStream<RawRecord> records, IdKinds kinds) {
    return records
        .process(new ParsePostEvent(NAME, kinds))
        .returns(DocumentInput.TYPE)
        .name("parse post events")
        .uid("parse-post-events")
        .setParallelism(records.getParallelism());
  }

  private static SingleOutputStreamOperator<DocumentInput> vectors(
      DataStream<RawRecord> records, SearchTargets targets, IdKinds kinds) {
    return records
        .process(new ParseVectors(NAME, targets.types(), kinds))
        .returns(DocumentInput.TYPE)
        .name("parse vectors")
        .uid("parse-vectors")
        .setParallelism(records.getParallelism());
  }
}
