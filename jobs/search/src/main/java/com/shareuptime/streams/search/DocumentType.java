package com.shareuptime.streams.search;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Surface;

/** What there are documents of. The order is that of serializers. */
public enum DocumentType {
  POST("post", "posts", CdcTable.POSTS, Surface.SEARCH_POSTS, "content"),
  REEL("reel", "reels", CdcTable.REELS, Surface.SEARCH_REELS, "caption");

  private static final DocumentType[] ALL = values();

  private final String target;
  private final String alias;
  private final CdcTable table;
  private final Surface surface;
  private final String textField;

  DocumentType(String target, String alias, CdcTable table, Surface surface, String textField) {
    this.target = target;
    this.alias = alias;
    this.table = table;
    this.surface = surface;
    this.textField = textField;
  }

  /** The type with this ordinal. */
  public static DocumentType of(int ordinal) {
    return ALL[ordinal];
  }

  /**
   * The type of a target, as events and counters name it.
   *
   * @throws IllegalArgumentException if it is neither post nor reel
   */
  public static DocumentType ofTarget(String target) {
    for (DocumentType type : ALL) {
      if (type.target.equals(target)) {
        return type;
      }
    }
    throw new IllegalArgumentException("the target '" + target + "' is neither post nor reel");
  }

  /**
   * The type that readers find by this alias.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static DocumentType ofAlias(String alias) {
    for (DocumentType type : ALL) {
      if (type.alias.equals(alias)) {
        return type;
      }
    }
    throw new IllegalArgumentException("no documents have the alias '" + alias + "'");
  }

  /**
   * The type whose progress this is.
   *
   * @throws IllegalArgumentException if the surface is none of documents
   */
  public static DocumentType of(Surface surface) {
    for (DocumentType type : ALL) {
      if (type.surface == surface) {
        return type;
      }
    }
    throw new IllegalArgumentException(surface.label() + " is no surface of documents");
  }

  /** As events and counters name it. */
  public String target() {
    return target;
  }

  /** The alias that readers name; indexes are versions of it. */
  public String alias() {
    return alias;
  }

  /** Where its rows are. */
  public CdcTable table() {
    return table;
  }

  /** The kind of its ids. */
  public IdKind ids(IdKinds kinds) {
    return this == POST ? kinds.posts() : kinds.reels();
  }

  public Surface surface() {
    return surface;
  }

  /** Name of the text, in the table as in the document. */
  public String textField() {
    return textField;
  }
}
