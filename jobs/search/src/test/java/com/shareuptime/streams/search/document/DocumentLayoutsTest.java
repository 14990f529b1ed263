package com.shareuptime.streams.search.document;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.GenerationComplete;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.document.DocumentInput.Counted;
import com.shareuptime.streams.testing.GoldenLayouts;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentLayoutsTest {
  private static final DocumentKey REEL = new DocumentKey(DocumentType.REEL, Id.of(5));
  private static final RowVersion VERSION = new RowVersion(1 << 20, 9, 8);
  private static final AuthorRow NORA =
      new AuthorRow(Id.of(7), VERSION, true, "nora", "Nora Å.", null, true, true);

  /** As earlier layouts have her. */
  private static final AuthorRow NORA_BEFORE =
      new AuthorRow(Id.of(7), VERSION, true, "nora", "Nora Å.", null, true, false);

  private static final DocumentRow ROW =
      new DocumentRow(REEL, VERSION, true, false, Id.of(7), "text å", "public", 1, 2, 3);
  private static final TextVector VECTOR = new TextVector(REEL, "hash", new byte[] {1, 2, 3, 4});

  @Test
  void state() {
    GoldenLayouts.verify("document-key", DocumentKey.TYPE, REEL);
    GoldenLayouts.verify("author-row-3", AuthorRow.TYPE, NORA);
    GoldenLayouts.verifyRead("author-row-2", AuthorRow.TYPE, NORA_BEFORE);
    GoldenLayouts.verify("document-row-2", DocumentRow.TYPE, ROW);
    GoldenLayouts.verify(
        "document-row-2-without-text",
        DocumentRow.TYPE,
        new DocumentRow(REEL, VERSION, true, true, Id.of(7), null, "public", 1, 2, 3));
    GoldenLayouts.verify("text-vector", TextVector.TYPE, VECTOR);
    GoldenLayouts.verify(
        "text-vector-without-vector", TextVector.TYPE, new TextVector(REEL, "", null));
    GoldenLayouts.verify(
        "document-write", DocumentWrite.TYPE, new DocumentWrite(REEL, 9, new byte[] {'{', '}'}));
    GoldenLayouts.verify(
        "document-write-removal", DocumentWrite.TYPE, new DocumentWrite(REEL, 9, null));
    GoldenLayouts.verifyCarried(Assembly.TYPE, assembly(NORA)); // with as many counts as there are
    GoldenLayouts.verifyRead("assembly-3", Assembly.TYPE, assembly(NORA_BEFORE));
    GoldenLayouts.verifyRead("assembly-2", Assembly.TYPE, assembly(NORA_BEFORE));
    GoldenLayouts.verifyRead("assembly-2-empty", Assembly.TYPE, Assembly.EMPTY);
    GoldenLayouts.verifyRead("assembly-1-empty", Assembly.TYPE, Assembly.EMPTY);
  }

  private static Assembly assembly(AuthorRow author) {
    return new Assembly(
        author,
        new Counted(null, Counts.of(1, 2, 3), 4),
        new Counted(null, Counts.of(5, 6, 7), 8),
        11,
        12,
        13,
        true,
        List.of(new Candidate(author, VERSION)));
  }

  @Test
  void messages() {
    verify("row", ROW);
    verify("author-3", new AuthorSnapshot(REEL, NORA, VERSION));
    verifyRead("author", new AuthorSnapshot(REEL, NORA_BEFORE, VERSION));
    verifyRead("author-changed", new AuthorSnapshot(REEL, NORA_BEFORE, null));
    GoldenLayouts.verifyCarried(DocumentInput.TYPE, new Counted(REEL, Counts.of(1, 2, 3), 4));
    verify("refresh", new DocumentInput.Refresh(REEL));
    verify("vector", VECTOR);
    verify(
        "generation",
        new DocumentInput.Generation(new GenerationComplete(CdcTable.POSTS, 5L << 20, 1_234)));
  }

  private static void verifyRead(String name, DocumentInput input) {
    GoldenLayouts.verifyRead("document-input-" + name, DocumentInput.TYPE, input);
  }

  private static void verify(String name, DocumentInput input) {
    GoldenLayouts.verify("document-input-" + name, DocumentInput.TYPE, input);
  }
}
