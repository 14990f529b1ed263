package com.shareuptime.streams.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ours against the tokenizer that the model was made with. */
class WordPiecesTest {
  private static final String FILE = "/all-minilm-l6-v2-q-tokenizer.json";

  private static WordPieces ours;
  private static HuggingFaceTokenizer theirs;

  @BeforeAll
  static void read() throws IOException {
    try (InputStream file = WordPiecesTest.class.getResourceAsStream(FILE)) {
      ours = WordPieces.read(file);
    }
    try (InputStream file = WordPiecesTest.class.getResourceAsStream(FILE)) {
      theirs =
          HuggingFaceTokenizer.newInstance(
              file,
              Map.of(
                  "padding",
                  "false",
                  "truncation",
                  "true",
                  "maxLength",
                  "256",
                  "modelMaxLength",
                  "256"));
    }
  }

  @AfterAll
  static void close() {
    theirs.close();
  }

  @Test
  void textsAreCutAsTheModelWasTaught() {
    for (String text :
        List.of(
            "",
            " \t\n",
            "Best coffee in town, don't you think?",
            "#ramadan @user_name https://x.example/a?b=c&d=1 $5+5=10 ^_^ `code` ~100%",
            "İstanbul'da ILIK bir GÜN, ığdır şöyle çağ öğün",
            "Crème brûlée, naïve façade, Ångström, ﬁne",
            "東京タワー と 대한민국 한국어 привет мир العربية",
            "👩‍👩‍👧‍👦 family 🇹🇷❤️ emoji👍🏽done",
            "a\u200Bb\u00ADc\u00A0d\u2028e\u3000f\u0000g\uFFFDh\uE000i\u0085j",
            "“quoted” – dash — ellipsis… ¿qué? «oui» · ‰ § ¶ ©®™",
            "x".repeat(100) + " " + "y".repeat(101) + " " + "supercalifragilisticexpialidocious",
            "long text ".repeat(500),
            "ab".repeat(20_000),
            "word" + " ".repeat(3_000) + "after",
            "ΑΣ ΟΔΥΣΣΕΥΣ ǅ ß ẞ")) {
      assertSame(text);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void anyTextIsCutTheSame(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        int c =
            switch (random.nextInt(6)) {
              case 0 -> ' ';
              case 1 -> random.nextInt(0x80);
              case 2 -> random.nextInt(0x700);
              case 3 -> 0x4E00 + random.nextInt(0x5000);
              case 4 -> 0x1F300 + random.nextInt(0x300);
              default -> 'a' + random.nextInt(26);
            };
        // above, the two follow different versions of Unicode in scripts that the model cannot read
        if (Character.isDefined(c)) {
          text.appendCodePoint(c);
        }
      }
      assertSame(text.toString());
    }
  }

  private static void assertSame(String text) {
    assertThat(ours.of(text, MiniLm.LONGEST))
        .as(
            () ->
                "pieces of '%s': %s"
                    .formatted(text, text.codePoints().mapToObj(Integer::toHexString).toList()))
        .isEqualTo(theirs.encode(text).getIds());
  }
}
