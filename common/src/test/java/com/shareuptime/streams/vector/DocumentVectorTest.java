package com.shareuptime.streams.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DocumentVectorTest {
  private static final float[] NUMBERS = {0.25f, -1.5f, 3e-7f};

  @Test
  void whatIsWrittenIsRead() throws IOException {
    var written =
        new DocumentVector(
            "post", Id.of(42), TextHash.of("hi"), "m", NUMBERS, new RowVersion(3, 7));

    DocumentVector read = DocumentVector.parse(written.key(), written.value(), IdKinds.NUMBERS);

    assertThat(new String(written.key(), StandardCharsets.UTF_8)).isEqualTo("post:42");
    assertThat(read).usingRecursiveComparison().isEqualTo(written);
  }

  @Test
  void theVectorIsBase64OfLittleEndianFloats() {
    var one =
        new DocumentVector("reel", Id.of(1), "h", "m", new float[] {1f}, new RowVersion(0, 0));

    assertThat(new String(one.value(), StandardCharsets.UTF_8)).contains("\"vector\":\"AACAPw==\"");
  }

  @Test
  void withoutAValueThereIsNoVector() throws IOException {
    DocumentVector read =
        DocumentVector.parse("reel:9".getBytes(StandardCharsets.UTF_8), null, IdKinds.NUMBERS);

    assertThat(read).isEqualTo(DocumentVector.none("reel", Id.of(9)));
    assertThat(read.value()).isNull();
  }

  @Test
  void whatIsNoneOfTheTopicIsRefused() {
    for (String value : new String[] {"[]", "{}", "{\"target\":\"post\",\"target_id\":1}", "x"}) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      assertThatThrownBy(() -> DocumentVector.parse(bytes, bytes, IdKinds.NUMBERS))
          .isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> DocumentVector.parse(new byte[] {'x'}, null, IdKinds.NUMBERS))
        .isInstanceOf(IOException.class);
  }

  @Test
  void anyIdIsReadByItsKindAndAnotherIsRefused() throws IOException {
    var texts = new IdKinds(IdKind.NUMBER, IdKind.TEXT, IdKind.UUID);
    for (String id : new String[] {"42", "at://ü:1", "\"{"}) {
      var vector = new DocumentVector("post", Id.of(id), "h", "m", NUMBERS, new RowVersion(3, 7));
      assertThat(DocumentVector.parse(vector.key(), vector.value(), texts).targetId())
          .isEqualTo(Id.of(id));
      assertThat(DocumentVector.parse(vector.key(), null, texts).targetId()).isEqualTo(Id.of(id));
      assertThat(DocumentVector.parse(vector.key(), null).key())
          .as("kept as it was, whatever it is")
          .isEqualTo(vector.key());
      assertThatThrownBy(() -> DocumentVector.parse(vector.key(), vector.value(), IdKinds.NUMBERS))
          .isInstanceOf(IOException.class);
    }
    assertThatThrownBy(
            () -> DocumentVector.parse("reel:9".getBytes(StandardCharsets.UTF_8), null, texts))
        .isInstanceOf(IOException.class);
  }
}
