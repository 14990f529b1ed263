package com.shareuptime.streams.search.author;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.document.AuthorRow;
import com.shareuptime.streams.testing.GoldenLayouts;
import org.junit.jupiter.api.Test;

class AuthorshipLayoutsTest {
  private static final DocumentKey REEL = new DocumentKey(DocumentType.REEL, Id.of(5));
  private static final Id UUID = Id.of("c0ffee00-0000-4000-8000-0000000000ff");
  private static final RowVersion VERSION = new RowVersion(1 << 20, 9, 8);

  @Test
  void state() {
    GoldenLayouts.verify("authorship", Authorship.TYPE, new Authorship(Id.of(7), VERSION, 3));
    GoldenLayouts.verify(
        "named-documents",
        NamedDocuments.Both.TYPE,
        new NamedDocuments.Both(Ids.of(UUID, Id.of("at://a")), Ids.of(Id.of(3), Id.of(5))));
  }

  @Test
  void messages() {
    GoldenLayouts.verify(
        "authorship-row", AuthorshipRow.TYPE, new AuthorshipRow(REEL, VERSION, Id.of(7), 3));
    verify("wrote", new AuthorChange.Wrote(Id.of(7), REEL, VERSION));
    verify("left", new AuthorChange.Left(Id.of(7), REEL));
    verify("changed-3", changed(true));
    GoldenLayouts.verifyRead("author-change-changed", AuthorChange.TYPE, changed(false));
  }

  private static AuthorChange changed(boolean isPrivate) {
    return new AuthorChange.Changed(
        new AuthorRow(Id.of(7), VERSION, true, "nora", "Nora", "a.png", true, isPrivate));
  }

  private static void verify(String name, AuthorChange change) {
    GoldenLayouts.verify("author-change-" + name, AuthorChange.TYPE, change);
  }
}
