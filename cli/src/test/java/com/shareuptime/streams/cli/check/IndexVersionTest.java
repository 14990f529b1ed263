package com.shareuptime.streams.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.cli.search.SearchIndexes;
import com.shareuptime.streams.contract.Installation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** By its version, doctor tells an index of this build from one that must be made anew. */
class IndexVersionTest {
  /** Of how texts are read and fields are kept in {@link IndexCheck#VERSION}. */
  private static final String DIGEST_OF_POSTS = "e345fa942eb6328d";

  @Test
  void indexesAreMadeWithTheVersionThatDoctorAsksFor() throws IOException {
    for (String alias : SearchIndexes.ALIASES) {
      assertThat(description(alias).at("/mappings/_meta/version").asInt())
          .as(alias)
          .isEqualTo(IndexCheck.VERSION);
    }
  }

  @Test
  void whoeverChangesTextsOrFieldsRaisesTheVersion() throws Exception {
    assertThat(digest(description("posts")))
        .as("if this differs, raise the version in posts.json, reels.json and IndexCheck as well")
        .isEqualTo(DIGEST_OF_POSTS);
  }

  private static String digest(JsonNode description) throws NoSuchAlgorithmException {
    String all =
        description.at("/settings/analysis").toString()
            + description.at("/mappings/properties").toString();
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest).substring(0, 16);
  }

  private static JsonNode description(String alias) throws IOException {
    return new ObjectMapper()
        .readTree(
            Files.readString(
                Installation.find()
                    .root()
                    .resolve("contract/src/main/resources/opensearch/" + alias + ".json")));
  }
}
