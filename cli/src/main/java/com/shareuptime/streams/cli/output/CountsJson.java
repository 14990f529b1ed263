package com.shareuptime.streams.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.util.NameTransformer;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import java.io.IOException;

/** Counts in JSON: an object with a field for each counter, or these fields among others. */
public final class CountsJson extends StdSerializer<Counts> {
  private static final long serialVersionUID = 1L;

  private final boolean isUnwrapped;

  private CountsJson(boolean isUnwrapped) {
    super(Counts.class);
    this.isUnwrapped = isUnwrapped;
  }

  public static SimpleModule module() {
    return new SimpleModule().addSerializer(new CountsJson(false));
  }

  @Override
  public void serialize(Counts counts, JsonGenerator json, SerializerProvider provider)
      throws IOException {
    if (isUnwrapped) {
      fields(counts, json);
      return;
    }
    json.writeStartObject(counts);
    fields(counts, json);
    json.writeBooleanField("zero", counts.isZero());
    json.writeBooleanField("negative", counts.isNegative());
    json.writeEndObject();
  }

  private static void fields(Counts counts, JsonGenerator json) throws IOException {
    for (CountedView counter : CountedView.CANONICAL) {
      json.writeNumberField(counter.name(), counts.of(counter));
    }
  }

  @Override
  public JsonSerializer<Counts> unwrappingSerializer(NameTransformer names) {
    return new CountsJson(true);
  }

  @Override
  public boolean isUnwrappingSerializer() {
    return isUnwrapped;
  }
}
