package com.shareuptime.streams.contract;

import java.util.Arrays;
import java.util.Optional;

/** What can be liked, commented and shared. */
public record Target(Type type, Id id) implements Comparable<Target> {

  public enum Type {
    POST("post", "posts", "content"),
    REEL("reel", "reels", "caption");

    private static final Type[] ALL = values();

    private final String label;
    private final String table;
    private final String textColumn;

    Type(String label, String table, String textColumn) {
      this.label = label;
      this.table = table;
      this.textColumn = textColumn;
    }

    /** The one with this ordinal, as serializers write it. */
    public static Type of(int ordinal) {
      return ALL[ordinal];
    }

    /** As in columns, events and keys. */
    public String label() {
      return label;
    }

    public String table() {
      return table;
    }

    /** The column with the text, and the field of documents. */
    public String textColumn() {
      return textColumn;
    }

    public static Optional<Type> labelled(String label) {
      return Arrays.stream(ALL).filter(type -> type.label.equals(label)).findFirst();
    }
  }

  public static Target post(Id id) {
    return new Target(Type.POST, id);
  }

  public static Target reel(Id id) {
    return new Target(Type.REEL, id);
  }

  /** As in keys of events and of Redis, e.g. {@code post:42}. */
  public String key() {
    return type.label + ":" + id;
  }

  @Override
  public int compareTo(Target other) {
    int byType = type.compareTo(other.type);
    return byType != 0 ? byType : id.compareTo(other.id);
  }

  @Override
  public String toString() {
    return key();
  }
}
