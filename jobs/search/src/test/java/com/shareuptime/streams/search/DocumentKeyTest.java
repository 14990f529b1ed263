package com.shareuptime.streams.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.testing.GoldenLayouts;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentKeyTest {
  private static final Id UUID = Id.of("c0ffee00-0000-4000-8000-0000000000ff");

  private static final int HASH_OF_UUID = -748467622;
  private static final int HASH_OF_TEXT = 1150638317;

  @Test
  void anyIdComesBack() {
    for (DocumentType type : DocumentType.values()) {
      for (Id id :
          List.of(
              Id.of(1),
              Id.of(1L << 62),
              Id.of(Long.MAX_VALUE),
              Id.of(0),
              Id.of(-5),
              UUID,
              Id.of("7"),
              Id.of("ü".repeat(127)))) {
        GoldenLayouts.verifyCarried(DocumentKey.TYPE, new DocumentKey(type, id));
      }
    }
  }

  @Test
  void state() {
    GoldenLayouts.verify(
        "document-key-uuid", DocumentKey.TYPE, new DocumentKey(DocumentType.REEL, UUID));
    GoldenLayouts.verify(
        "document-key-text", DocumentKey.TYPE, new DocumentKey(DocumentType.POST, Id.of("at://a")));
  }

  /** Burnt into state: by it Flink finds the subtask of a key. */
  @Test
  void theHashOfAKeyIsForEver() {
    assertThat(new DocumentKey(DocumentType.REEL, Id.of(5))).hasSameHashCodeAs(11L);
    assertThat(new DocumentKey(DocumentType.POST, Id.of(1L << 40))).hasSameHashCodeAs(1L << 41);
    assertThat(new DocumentKey(DocumentType.REEL, UUID).hashCode()).isEqualTo(HASH_OF_UUID);
    assertThat(new DocumentKey(DocumentType.POST, Id.of("at://a")).hashCode())
        .isEqualTo(HASH_OF_TEXT);
  }
}
