package com.shareuptime.streams.vector;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A record of the topic {@code document-vectors}: the vector of a post's or reel's text. The newest
 * record of a key counts; one without a value says that the document has no vector any more.
 *
 * @param target {@code post} or {@code reel}
 * @param textHash {@link TextHash} of the text that the vector is of: it fits no other
 * @param model vectors of two models must not be compared
 * @param vector null where the record has no value; then hash, model and version are null too
 * @param asOf version of the row that had this text
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record DocumentVector(
    String target, Id targetId, String textHash, String model, float[] vector, RowVersion asOf) {
  /** The topic. */
  public static final String TOPIC = "document-vectors";

  private static final int MAX_NAME = 200;

  /** The document has no vector any more. */
  public static DocumentVector none(String target, Id targetId) {
    return new DocumentVector(target, targetId, null, null, null, null);
  }

  /**
   * Reads a record of the topic.
   *
   * @throws IOException if it is none
   */
  public static DocumentVector parse(byte[] key, byte[] value, IdKinds kinds) throws IOException {
    DocumentVector read = parse(key, value);
    IdKind kind =
        Target.Type.ofDocument(read.target)
            .map(kinds::of)
            .orElseThrow(
                () -> new IOException("the target '" + read.target + "' is neither post nor reel"));
    if (value == null) {
      return none(read.target, id(kind, read.targetId));
    }
    if (!kind.fits(read.targetId)) {
      throw new IOException("target_id '" + read.targetId + "' is no " + kind.sql());
    }
    return read;
  }

  private static Id id(IdKind kind, Id inKey) throws IOException {
    try {
      Id id = kind.parse(inKey.toString());
      if (id.isPositive()) {
        return id;
      }
    } catch (NumberFormatException e) {
      throw new IOException("the id '" + inKey + "' in the key is no " + kind.sql(), e);
    }
    throw new IOException("the id in the key must be above 0");
  }

  /**
   * Reads what {@link #key} and {@link #value} wrote. What kind of id a key alone has is not known:
   * it is a text, and is written again as it was.
   *
   * @throws IOException if it is no record of this topic
   */
  public static DocumentVector parse(byte[] key, byte[] value) throws IOException {
    if (value == null) {
      return parseKey(key);
    }
    String target = null;
    Id id = null;
    String hash = null;
    String model = null;
    byte[] vector = null;
    String asOf = null;
    try (JsonParser json = Json.FACTORY.createParser(value)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("the value is not a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        switch (field) {
          case "target" -> target = json.getText();
          case "target_id" -> id = IdJson.readAny(json);
          case "text_hash" -> hash = json.getText();
          case "model" -> model = json.getText();
          case "vector" -> vector = json.getBinaryValue(Base64Variants.MIME_NO_LINEFEEDS);
          case "as_of" -> asOf = json.getText();
          default -> json.skipChildren();
        }
      }
    }
    if (target == null
        || id == null
        || !id.isPositive()
        || hash == null
        || model == null
        || asOf == null) {
      throw new IOException("target, target_id, text_hash, model and as_of must be there");
    }
    if (hash.length() > MAX_NAME || model.length() > MAX_NAME) {
      throw new IOException("text_hash and model have at most " + MAX_NAME + " characters");
    }
    if (vector == null || vector.length == 0 || vector.length % Float.BYTES != 0) {
      throw new IOException("the vector is no row of floats");
    }
    return new DocumentVector(
        target,
        id,
        hash,
        model,
        floats(vector),
        RowVersion.parse(asOf.getBytes(StandardCharsets.US_ASCII)));
  }

  private static DocumentVector parseKey(byte[] key) throws IOException {
    String text = key == null ? "" : new String(key, StandardCharsets.UTF_8);
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IOException("the key '" + text + "' is not like post:42");
    }
    return none(text.substring(0, colon), Id.of(text.substring(colon + 1)));
  }

  /** Key of the record, such as {@code post:42}. */
  public byte[] key() {
    return (target + ':' + targetId).getBytes(StandardCharsets.UTF_8);
  }

  /** Value of the record; null if there is no vector any more. */
  public byte[] value() {
    if (vector == null) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(2304);
    try (JsonGenerator json = Json.FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("target", target);
      json.writeFieldName("target_id");
      IdJson.write(targetId, json);
      json.writeStringField("text_hash", textHash);
      json.writeStringField("model", model);
      json.writeFieldName("vector");
      json.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, bytes(vector), 0, vector.length * 4);
      json.writeStringField("as_of", new String(asOf.toHeader(), StandardCharsets.US_ASCII));
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a vector cannot be spelled", e);
    }
    return bytes.toByteArray();
  }

  /** Floats as bytes, little-endian. */
  public static byte[] bytes(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return bytes.array();
  }

  /** What {@link #bytes} was made of. */
  public static float[] floats(byte[] bytes) {
    float[] vector = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return vector;
  }
}
