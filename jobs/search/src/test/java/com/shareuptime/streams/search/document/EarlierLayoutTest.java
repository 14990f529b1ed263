package com.shareuptime.streams.search.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.cdc.Unlogged;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.DocumentType;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** What layout 1 had of texts that nobody knew is what users may write now. */
class EarlierLayoutTest {
  private static final String EARLIER = "__debezium_unavailable_value";

  private static final DocumentRow POST =
      new DocumentRow(
          new DocumentKey(DocumentType.POST, Id.of(1)),
          new RowVersion(1, 2, 3),
          true,
          false,
          Id.of(7),
          EARLIER,
          EARLIER,
          1,
          1,
          1);
  private static final AuthorRow AUTHOR =
      new AuthorRow(
          Id.of(7), new RowVersion(1, 2, 3), true, EARLIER, EARLIER, EARLIER, false, false);

  @Test
  void whatWasUnknownInStateOfAnEarlierBuildIsStillUnknown() throws Exception {
    DocumentRow post = readAs(1, POST, new DocumentRow.Serializer());
    assertThat(Unlogged.is(post.visibility())).isTrue();
    assertThat(post.text()).isEqualTo(EARLIER); // an unknown one was null
    assertThat(readAs(1, AUTHOR, new AuthorRow.Serializer()).isNamed()).isFalse();
  }

  @Test
  void aNameThatIsThePlaceholderOfEarlierBuildsIsKeptInState() throws Exception {
    assertThat(readAs(2, AUTHOR, new AuthorRow.Serializer())).isEqualTo(AUTHOR);
    assertThat(readAs(2, POST, new DocumentRow.Serializer())).isEqualTo(POST);
  }

  private static <T> T readAs(int layout, T value, TypeSerializer<T> serializer)
      throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(256);
    serializer.serialize(value, out);
    byte[] bytes = out.getCopyOfBuffer();
    bytes[0] = (byte) layout;
    return serializer.deserialize(new DataInputDeserializer(bytes));
  }
}
