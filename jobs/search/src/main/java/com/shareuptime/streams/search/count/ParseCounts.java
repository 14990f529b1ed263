package com.shareuptime.streams.search.count;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
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

  private static final String COUNT = "_count";

  private final EnumSet<DocumentType> types;
  private final IdKinds kinds;
  private final CountedView[] counters;
  private final int width;

  /**
   * @param job named in dead letters
   * @param types of the documents whose counts are wanted
   */
  public ParseCounts(String job, Set<DocumentType> types, IdKinds kinds) {
    super(job, "malformed-counts");
    this.types = EnumSet.copyOf(types);
    this.kinds = kinds;
    this.counters = kinds.counters().toArray(CountedView[]::new);
    this.width = kinds.width();
  }

  @Override
  protected void read(RawRecord record, Reading<DocumentInput> reading) throws IOException {
    if (record.value() == null) {
      return; // a target that the counters job has forgotten has no row any more
    }
    try (JsonParser json = Json.FACTORY.createParser(record.value())) {
      DocumentInput.Counted counts = parse(json);
      if (counts != null && types.contains(counts.document().type())) {
        reading.collect(counts);
      }
    }
  }

  /** Null if the field is something else. */
  private CountedView counted(String field) {
    for (CountedView counter : counters) {
      String name = counter.name();
      if (field.length() == name.length() + COUNT.length()
          && field.startsWith(name)
          && field.endsWith(COUNT)) {
        return counter;
      }
    }
    return null;
  }

  /** Null of a target that is no document. */
  private DocumentInput.Counted parse(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("the value is not a JSON object");
    }
    String target = null;
    Id id = null;
    long[] counts = new long[width];
    long version = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "target" -> target = json.getText();
        case "target_id" -> id = IdJson.readAny(json);
        case "version" -> version = json.getLongValue();
        default -> {
          CountedView counter = counted(field);
          if (counter == null) {
            json.skipChildren();
          } else {
            counts[counter.kind().ordinal()] = json.getLongValue();
          }
        }
      }
    }
    if (id == null || !id.isPositive() || version <= 0) {
      throw new IOException("target_id and version must be above 0");
    }
    if (Target.Type.ofDocument(target).isEmpty() && kinds.type(target).isPresent()) {
      return null;
    }
    DocumentType type = DocumentType.ofTarget(target);
    IdKind kind = type.ids(kinds);
    if (!kind.fits(id)) {
      throw new IOException("target_id '" + id + "' is no " + kind.sql());
    }
    return new DocumentInput.Counted(new DocumentKey(type, id), Counts.of(counts), version);
  }
}
