package com.shareuptime.streams.contract.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentIndexTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ID = "/mappings/properties/id/type";
  private static final String AUTHOR = "/mappings/properties/author/properties/id/type";

  @ParameterizedTest
  @ValueSource(strings = {"post", "reel"})
  void ofNumbersItIsAsTheFileHasIt(Target.Type type) throws IOException {
    try (InputStream file =
        DocumentIndex.class.getResourceAsStream("/opensearch/" + type.table() + ".json")) {
      assertThat(DocumentIndex.of(type, IdKinds.NUMBERS)).isEqualTo(JSON.readTree(file));
    }
  }

  @Test
  void otherIdsAreKeywordsEachByItsEntity() {
    var kinds = new IdKinds(IdKind.TEXT, IdKind.NUMBER, IdKind.UUID);
    ObjectNode posts = DocumentIndex.of(Target.Type.POST, kinds);
    assertThat(posts.at(ID).asText()).isEqualTo("long");
    assertThat(posts.at(AUTHOR).asText()).isEqualTo("keyword");
    assertThat(DocumentIndex.of(Target.Type.REEL, kinds).at(ID).asText()).isEqualTo("keyword");
  }

  @Test
  void whatAnOperatorHasWrittenKeepsTheRest() throws IOException {
    ObjectNode own =
        (ObjectNode)
            JSON.readTree(
                "{\"mappings\":{\"properties\":{\"id\":{\"type\":\"long\",\"coerce\":true},"
                    + "\"author\":{\"properties\":{\"id\":{\"type\":\"keyword\",\"index\":false}}}}}}");
    IdKinds kinds = new IdKinds(IdKind.UUID, IdKind.UUID, IdKind.UUID);
    assertThat(DocumentIndex.withIds(own, Target.Type.POST, kinds).toString())
        .isEqualTo(
            "{\"mappings\":{\"properties\":{\"id\":{\"type\":\"keyword\"},"
                + "\"author\":{\"properties\":{\"id\":{\"type\":\"keyword\",\"index\":false}}}}}}");
  }
}
