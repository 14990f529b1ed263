package com.shareuptime.streams.feeds.archive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.json.Json;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads {@code {"author_id":9,"posts":[{"id":1,"at":1700000000000000}],"users":[7,8]}}. Unknown
 * fields are ignored, everything else is checked: what leaves here can be written. Not thread-safe.
 */
final class DeliveryParser {
  private final IdKinds kinds;
  private final Ids.Builder posts = new Ids.Builder();
  private final Longs positions = new Longs();
  private final Ids.Builder users = new Ids.Builder();
  private Id author;

  /**
   * @param kinds what ids are
   */
  DeliveryParser(IdKinds kinds) {
    this.kinds = kinds;
  }

  /**
   * @param value the record's bytes, or null
   * @throws IOException with the first thing found wrong
   */
  Delivery parse(Delivery.Place place, byte[] value) throws IOException {
    if (value == null || value.length == 0) {
      throw new IOException("the value is empty, and the record is no heartbeat");
    }
    author = null;
    posts.clear();
    positions.clear();
    users.clear();
    try (JsonParser json = Json.FACTORY.createParser(value)) {
      read(json);
    }
    require(author != null, "'author_id' is missing");
    require(posts.size() > 0, "'posts' is missing or empty");
    require(users.size() > 0, "'users' is missing or empty");
    return new Delivery(place, author, posts.build(), positions.toArray(), users.build());
  }

  private void read(JsonParser json) throws IOException {
    require(json.nextToken() == JsonToken.START_OBJECT, "the value is no JSON object");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "author_id" -> author = id(json, field, kinds.users());
        case "posts" -> readPosts(json);
        case "users" -> readUsers(json);
        default -> json.skipChildren();
      }
    }
    require(json.nextToken() == null, "something follows the JSON object");
  }

  private void readPosts(JsonParser json) throws IOException {
    posts.clear();
    positions.clear();
    require(json.currentToken() == JsonToken.START_ARRAY, "'posts' is no array");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      require(json.currentToken() == JsonToken.START_OBJECT, "a post is no object");
      Id id = null;
      boolean hasPosition = false;
      long at = 0;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        switch (field) {
          case "id" -> id = id(json, field, kinds.posts());
          case "at" -> {
            at = integer(json, field);
            hasPosition = true;
          }
          default -> json.skipChildren();
        }
      }
      require(id != null && hasPosition, "a post lacks 'id' or 'at'");
      posts.add(id);
      positions.add(at);
    }
  }

  private void readUsers(JsonParser json) throws IOException {
    users.clear();
    require(json.currentToken() == JsonToken.START_ARRAY, "'users' is no array");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      users.add(id(json, "users", kinds.users()));
    }
  }

  private static Id id(JsonParser json, String field, IdKind kind) throws IOException {
    if (kind == IdKind.NUMBER) {
      requireInteger(json, field);
    } else {
      require(json.currentToken() == JsonToken.VALUE_STRING, "'" + field + "' holds no text");
    }
    Id id = kind.read(json);
    require(id.isPositive(), "'" + field + "' holds a number that is not above 0");
    return id;
  }

  /** A number that fits 64 bits; a position is any. */
  private static long integer(JsonParser json, String field) throws IOException {
    requireInteger(json, field);
    return json.getLongValue();
  }

  private static void requireInteger(JsonParser json, String field) throws IOException {
    require(json.currentToken() == JsonToken.VALUE_NUMBER_INT, "'" + field + "' holds no integer");
  }

  private static void require(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException(otherwise);
    }
  }

  /** Numbers that are not boxed. */
  private static final class Longs {
    private long[] numbers = new long[64];
    private int size;

    void add(long number) {
      if (size == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * size);
      }
      numbers[size++] = number;
    }

    void clear() {
      size = 0;
    }

    long[] toArray() {
      return Arrays.copyOf(numbers, size);
    }
  }
}
