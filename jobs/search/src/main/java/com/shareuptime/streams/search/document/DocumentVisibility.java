package com.shareuptime.streams.search.document;

import java.util.Set;

/** Who may find a document. */
public final class DocumentVisibility {
  public static final String PUBLIC = "public";

  /** For everybody who comes upon it, and in no list. */
  public static final String UNLISTED = "unlisted";

  public static final String FOLLOWERS = "followers";
  public static final String PRIVATE = "private";

  /** Another is of no reader. */
  public static final Set<String> ALL = Set.of(PUBLIC, UNLISTED, FOLLOWERS, PRIVATE);

  private DocumentVisibility() {}

  /** What of a row's own is left where the account is private: for followers at most. */
  static String of(DocumentRow row, AuthorRow author) {
    boolean capped =
        author.isPrivate()
            && (row.visibility().equals(PUBLIC) || row.visibility().equals(UNLISTED));
    return capped ? FOLLOWERS : row.visibility();
  }
}
