package com.shareuptime.streams.search.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.vector.DocumentVector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** Spells documents as the read contract has them, and {@code hidden} for the aliases' filter. */
final class DocumentJson {
  private static final JsonFactory JSON = new JsonFactory();

  private final CountedView[] ofPosts;
  private final CountedView[] ofReels;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);

  /**
   * @param entities of the model, whose counters documents have
   */
  DocumentJson(IdKinds entities) {
    ofPosts = entities.countersOf(Target.Type.POST).toArray(CountedView[]::new);
    ofReels = entities.countersOf(Target.Type.REEL).toArray(CountedView[]::new);
  }

  /**
   * A document that readers find, if its author is active and it is to be listed.
   *
   * @param vector of its text; null if there is none yet
   */
  byte[] shown(DocumentRow row, Assembly assembly, TextVector vector) {
    bytes.reset();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      AuthorRow author = assembly.author();
      String visibility = DocumentVisibility.of(row, author);
      json.writeStartObject();
      id(row.document().id(), json);
      json.writeBooleanField(
          "hidden", !author.active() || visibility.equals(DocumentVisibility.UNLISTED));
      author(author, json);
      json.writeStringField(row.document().type().textField(), row.text());
      json.writeStringField("visibility", visibility);
      boolean isPost = row.document().type() == DocumentType.POST;
      for (CountedView counter : isPost ? ofPosts : ofReels) {
        json.writeNumberField(counter.column(), assembly.counts().counts().of(counter));
      }
      json.writeStringField("created_at", time(row.createdAt()));
      json.writeStringField("updated_at", time(row.updatedAt()));
      if (vector != null) {
        json.writeFieldName("embedding");
        json.writeStartArray();
        for (float number : DocumentVector.floats(vector.vector())) {
          json.writeNumber(number);
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a document cannot be spelled", e);
    }
    return bytes.toByteArray();
  }

  /** What is left of a deleted document. */
  byte[] hidden(DocumentKey document) {
    bytes.reset();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      id(document.id(), json);
      json.writeBooleanField("hidden", true);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a document cannot be spelled", e);
    }
    return bytes.toByteArray();
  }

  private static void author(AuthorRow author, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("author");
    id(author.author(), json);
    json.writeStringField("username", author.username());
    json.writeStringField("display_name", author.displayName());
    json.writeStringField("avatar_url", author.shownAvatarUrl());
    json.writeBooleanField("is_verified", author.verified());
    json.writeEndObject();
  }

  private static void id(Id id, JsonGenerator json) throws IOException {
    json.writeFieldName("id");
    IdJson.write(id, json);
  }

  private static String time(long micros) {
    long seconds = Math.floorDiv(micros, 1_000_000L);
    return Instant.ofEpochSecond(seconds, Math.floorMod(micros, 1_000_000L) * 1_000L).toString();
  }
}
