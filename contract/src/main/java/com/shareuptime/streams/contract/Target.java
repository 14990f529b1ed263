package com.shareuptime.streams.contract;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** What can be counted for: liked, commented, shared, followed … */
public record Target(Type type, Id id) implements Comparable<Target> {

  /**
   * What a target is: known by its label, such as {@code post}. Which there are says {@link
   * IdKinds#targetEntities}. Immutable; a key of Flink state, so its hash depends on the label
   * alone.
   */
  public static final class Type implements Comparable<Type>, Serializable {
    private static final long serialVersionUID = 1L;

    public static final Type POST = new Type("post", 0);
    public static final Type REEL = new Type("reel", 1);

    /** Those that are documents, and in lists. */
    public static final List<Type> DOCUMENTS = List.of(POST, REEL);

    private final String label;
    private final int hash;

    private Type(String label, int hash) {
      this.label = label;
      this.hash = hash;
    }

    /** The one with this label, whether there are such targets or not. */
    public static Type of(String label) {
      return switch (label) {
        case "post" -> POST;
        case "reel" -> REEL;
        default -> new Type(label, label.hashCode());
      };
    }

    /** That of documents with this label. */
    public static Optional<Type> ofDocument(String label) {
      return DOCUMENTS.stream().filter(type -> type.label.equals(label)).findFirst();
    }

    /** As in columns, events and keys. */
    public String label() {
      return label;
    }

    /** The view of documents, and their alias. */
    public String table() {
      return isPost() ? "posts" : "reels";
    }

    /** The column with the text of a document, and its field. */
    public String textColumn() {
      return isPost() ? "content" : "caption";
    }

    private boolean isPost() {
      if (!DOCUMENTS.contains(this)) {
        throw new IllegalStateException("a " + label + " is no document");
      }
      return equals(POST);
    }

    @Override
    public int compareTo(Type other) {
      return label.compareTo(other.label);
    }

    @Override
    public boolean equals(Object other) {
      return this == other || (other instanceof Type that && that.label.equals(label));
    }

    /** 0 of posts and 1 of reels, as ever: state of earlier builds lies where this hash says. */
    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public String toString() {
      return label;
    }

    private Object readResolve() {
      return of(label);
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
