package com.shareuptime.streams.search.count;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.document.DocumentInput;
import com.shareuptime.streams.source.RawRecord;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Records of the topic {@code counter-updates} to counts of documents. */
public final class ParseCounts extends ProcessFunction<RawRecord, DocumentInput> {
  private static final long serialVersionUID = 1L;

  /** The topic. */
  public static final String TOPIC = "counter-updates";

  /** What cannot be read. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-counts", DeadLetter.TYPE);

  private static final String REASON = "malformed-counts";
  private static final JsonFactory JSON = new JsonFactory();

  private final String job;
  private final EnumSet<DocumentType> types;

  private transient Counter unreadable;

  /**
   * @param job named in dead letters
   * @param types of the documents whose counts are wanted
   */
  public ParseCounts(String job, Set<DocumentType> types) {
    this.job = job;
    this.types = EnumSet.copyOf(types);
  }

  @Override
  public void open(OpenContext context) {
    unreadable =
        getRuntimeContext().getMetricGroup().addGroup("reason", REASON).counter("deadLetters");
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<DocumentInput> out) {
    if (record.value() == null) {
      return; // a target that the counters job has forgotten has no row any more
    }
    try (JsonParser json = JSON.createParser(record.value())) {
      DocumentInput.Counts counts = parse(json);
      if (types.contains(counts.document().type())) {
        out.collect(counts);
      }
    } catch (IOException | IllegalArgumentException e) {
      unreadable.inc();
      context.output(DEAD_LETTERS, record.deadLetter(job, REASON, e.getMessage()));
    }
  }

  private static DocumentInput.Counts parse(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("the value is not a JSON object");
    }
    String target = null;
    long id = 0;
    long likes = 0;
    long comments = 0;
    long shares = 0;
    long version = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "target" -> target = json.getText();
        case "target_id" -> id = json.getLongValue();
        case "likes_count" -> likes = json.getLongValue();
        case "comments_count" -> comments = json.getLongValue();
        case "shares_count" -> shares = json.getLongValue();
        case "version" -> version = json.getLongValue();
        default -> json.skipChildren();
      }
    }
    if (id <= 0 || version <= 0) {
      throw new IOException("target_id and version must be above 0");
    }
    DocumentKey document = new DocumentKey(DocumentType.ofTarget(target), id);
    return new DocumentInput.Counts(document, likes, comments, shares, version);
  }
}
