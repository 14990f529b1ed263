package com.shareuptime.streams.contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the ids of an entity are. */
public enum IdKind {
  /** smallint, integer or bigint. */
  NUMBER("bigint") {
    @Override
    public Id parse(String text) {
      return Id.of(Long.parseLong(text));
    }

    @Override
    public Id read(JsonNode json) {
      return IdJson.read(json);
    }

    @Override
    public Id read(JsonParser json) throws IOException {
      return IdJson.read(json);
    }

    @Override
    boolean has(Id id) {
      return id.isNumber();
    }

    @Override
    Object value(Id id) {
      return id.number();
    }

    @Override
    Object lowest() {
      return Long.MIN_VALUE;
    }

    @Override
    Object highest() {
      return Long.MAX_VALUE;
    }
  },
  /** Written in lower case with hyphens, read in any case. */
  UUID("uuid") {
    private static final Pattern FORM =
        Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    @Override
    public Id parse(String text) {
      if (!FORM.matcher(text).matches()) {
        throw new NumberFormatException("'" + text + "' is no UUID");
      }
      return Id.of(text.toLowerCase(Locale.ROOT));
    }

    @Override
    boolean has(Id id) {
      return id.isUuid();
    }

    @Override
    Object value(Id id) {
      return new java.util.UUID(id.high(), id.low());
    }

    @Override
    Object lowest() {
      return new java.util.UUID(0, 0);
    }

    @Override
    Object highest() {
      return new java.util.UUID(-1, -1);
    }
  },
  /** Of up to 255 bytes. */
  TEXT("text") {
    @Override
    public Id parse(String text) {
      if (isTooLong(text) || text.isEmpty()) {
        throw new NumberFormatException(
            text.isEmpty()
                ? "an empty text is no id"
                : "an id has at most " + MOST_BYTES + " bytes");
      }
      if (!isStorable(text)) {
        throw new NumberFormatException("an id has a NUL, or half of a character");
      }
      return Id.of(text);
    }

    @Override
    boolean has(Id id) {
      return !id.isNumber();
    }

    @Override
    Object value(Id id) {
      return id.toString();
    }

    @Override
    Object lowest() {
      return "";
    }

    @Override
    Object highest() {
      return ABOVE_TEXTS;
    }
  };

  /** Above this many bytes a text is no id. */
  public static final int MOST_BYTES = 255;

  private static final String ABOVE_TEXTS = "\uDBFF\uDFFF".repeat(MOST_BYTES / 4 + 1);

  private final String sql;

  IdKind(String sql) {
    this.sql = sql;
  }

  /** The kind of a column of this type, as {@code format_type} has it; text for all others. */
  public static IdKind ofSqlType(String type) {
    return switch (type) {
      case "bigint", "integer", "smallint" -> NUMBER;
      case "uuid" -> UUID;
      default -> TEXT;
    };
  }

  /** The type of ids in tables of ours. */
  public String sql() {
    return sql;
  }

  /**
   * Reads what {@link Id#toString} wrote, or what a person has.
   *
   * @throws NumberFormatException if it is no id of this kind
   */
  public abstract Id parse(String text);

  /**
   * The id that a node is.
   *
   * @throws IllegalArgumentException if it is none of this kind
   */
  public Id read(JsonNode json) {
    if (!json.isTextual()) {
      throw new IllegalArgumentException("'" + json + "' is not a text");
    }
    return parse(json.asText());
  }

  /**
   * The id at which a parser stands.
   *
   * @throws IOException if it is none of this kind
   */
  public Id read(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw new IOException("an id is not a text");
    }
    try {
      return parse(json.getText());
    } catch (NumberFormatException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * The parameter of a statement where a column has this kind, for {@code setObject}; also of
   * {@link Id#HIGHEST} and {@link Id#LOWEST}.
   */
  public Object sql(Id id) {
    if (id.equals(Id.HIGHEST)) {
      return highest();
    }
    return id.equals(Id.LOWEST) ? lowest() : value(id);
  }

  /** The same of many, for {@code setArray}. */
  public Array sql(Ids ids, Connection connection) throws SQLException {
    // boxed, the driver sends numbers as binary
    return connection.createArrayOf(sql, ids.stream().map(this::value).toArray());
  }

  /** Whether an id is of this kind; {@link Id#HIGHEST} and {@link Id#LOWEST} are of each. */
  public boolean fits(Id id) {
    return has(id) || id.equals(Id.HIGHEST) || id.equals(Id.LOWEST);
  }

  /**
   * An id of this kind that is spelled as another is: a text may stand for a number.
   *
   * @throws NumberFormatException if it stands for none
   */
  public Id convert(Id id) {
    return fits(id) ? id : parse(id.toString());
  }

  abstract boolean has(Id id);

  abstract Object value(Id id);

  abstract Object lowest();

  abstract Object highest();

  /** Whether Postgres holds a text as it is, and UTF-8 tells it from all others. */
  private static boolean isStorable(String text) {
    int c;
    for (int i = 0; i < text.length(); i += Character.charCount(c)) {
      c = text.codePointAt(i);
      if (c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a text is too long to be an id. */
  public static boolean isTooLong(String text) {
    // three bytes a half character at most: only long texts are encoded to be counted
    return text.length() * 3 > MOST_BYTES
        && text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES;
  }
}
