package com.shareuptime.streams.search.count;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.shareuptime.streams.json.Json;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.document.DocumentInput;
import com.shareuptime.streams.source.MessageFunction;
import com.shareuptime.streams.source.RawRecord;
import com.shareuptime.streams.source.Reading;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** Records of the topic {@code counter-updates} to counts of documents. */
public final class ParseCounts extends MessageFunction<DocumentInput> {
  private static final long serialVersionUID = 1L;

  /** The topic. */
  public static final String TOPIC = "counter-updates";

  private final EnumSet<DocumentType> types;

  /**
   * @param job named in dead letters
   * @param types of the documents whose counts are wanted
   */
  public ParseCounts(String job, Set<DocumentType> types) {
    super(job, "malformed-counts");
    this.types = EnumSet.copyOf(types);
  }

  @Override
  protected void read(RawRecord record, Reading<DocumentInput> reading) throws IOException {
    if (record.value() == null) {
      return; // a target that the counters job has forgotten has no row any more
    }
    try (JsonParser json = Json.FACTORY.createParser(record.value())) {
      DocumentInput.Counts counts = parse(json);
      if (types.contains(counts.document().type())) {
        reading.collect(counts);
      }
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
