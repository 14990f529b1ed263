package com.shareuptime.streams.proof.traffic.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WriterTest {
  private static final int TEXTS = 10_000;
  private static final Pattern MENTION = Pattern.compile("@(\\S+)");
  private static final Pattern WORD = Pattern.compile("\\p{L}{2,}");

  private final Writer writer = new Writer(100, 500);

  @ParameterizedTest
  @EnumSource(Size.class)
  void theSameRandomNumbersGiveTheSameText(Size size) {
    assertThat(writer.write(size, new SplittableRandom(7)))
        .isEqualTo(writer.write(size, new SplittableRandom(7)))
        .isNotEqualTo(writer.write(size, new SplittableRandom(8)));
  }

  @Test
  void hardlyTwoTextsAreTheSame() {
    List<String> texts = texts();

    assertThat(new HashSet<>(texts).size() / (double) TEXTS).isGreaterThan(0.95);
    assertThat(texts).noneMatch(String::isBlank).allMatch(text -> text.equals(text.strip()));
  }

  @Test
  void theyAreOfManyWordsInSeveralLanguages() {
    List<String> texts = texts();
    Set<String> words = new HashSet<>();
    for (String text : texts) {
      Matcher word = WORD.matcher(text);
      while (word.find()) {
        words.add(word.group());
      }
    }

    assertThat(words.size()).isGreaterThan(1_500);
    assertThat(share(texts, text -> has(text, Character.UnicodeScript.ARABIC)))
        .isCloseTo(0.05, within(0.015));
    assertThat(share(texts, text -> has(text, Character.UnicodeScript.HIRAGANA)))
        .isCloseTo(0.05, within(0.02));
    // letters that only Turkish has, which not every Turkish text has
    assertThat(share(texts, text -> any(text, letter -> "ığşİĞŞ".indexOf(letter) >= 0)))
        .isGreaterThan(0.2);
  }

  @Test
  void everyLanguageHasTopicsOfItsOwn() {
    assertThat(Language.read("en").topics()).hasSizeGreaterThanOrEqualTo(12);
    assertThat(Language.read("tr").topics()).hasSizeGreaterThanOrEqualTo(12);
    Stream.of("en", "tr", "de", "es", "ar", "ja")
        .flatMap(code -> Language.read(code).topics().stream())
        .forEach(
            topic -> {
              assertThat(topic.hashtags()).as(topic.name()).allMatch(tag -> tag.startsWith("#"));
              assertThat(topic.emoji()).as(topic.name()).isNotEmpty();
              assertThat(topic.phrases()).as(topic.name()).hasSizeGreaterThanOrEqualTo(9);
            });
  }

  @Test
  void someHaveHashtagsEmojiLinksAndMentionsOfUsersWhoAreThere() {
    List<String> texts = texts();
    Set<String> users =
        LongStream.range(100, 600)
            .mapToObj(id -> Names.profile(id, 0).username())
            .collect(Collectors.toSet());
    List<String> mentioned = new ArrayList<>();
    for (String text : texts) {
      Matcher mention = MENTION.matcher(text);
      while (mention.find()) {
        mentioned.add(mention.group(1));
      }
    }

    assertThat(mentioned).hasSizeGreaterThan(TEXTS / 10).isSubsetOf(users);
    assertThat(share(texts, text -> text.contains("#"))).isBetween(0.3, 0.7);
    assertThat(share(texts, text -> text.contains("https://"))).isBetween(0.03, 0.1);
    assertThat(share(texts, text -> any(text, letter -> letter > 0x2600 && !isLetter(letter))))
        .isBetween(0.3, 0.7);
  }

  @Test
  void mostAreShort() {
    int[] lengths = texts().stream().mapToInt(String::length).sorted().toArray();

    assertThat(lengths[TEXTS / 2]).as("median").isBetween(30, 120);
    assertThat(Arrays.stream(lengths).filter(length -> length > 300).count())
        .isBetween(TEXTS / 50L, TEXTS / 10L);
  }

  @Test
  void largeOnesHaveTheirSizeInEveryLanguage() {
    for (int seed = 0; seed < 40; seed++) {
      assertThat(writer.write(Size.LONG, new SplittableRandom(seed)).getBytes(UTF_8).length)
          .isBetween(8 * 1024, 9 * 1024);
      assertThat(writer.write(Size.HUGE, new SplittableRandom(seed)).getBytes(UTF_8).length)
          .isBetween(64 * 1024, 65 * 1024);
    }
  }

  @Test
  void oneInAThousandIsHugeAndTenAreLong() {
    SplittableRandom random = new SplittableRandom(7);
    List<Size> sizes = LongStream.range(0, 1_000).mapToObj(n -> Size.of(n, random)).toList();

    assertThat(sizes).filteredOn(Size.HUGE::equals).hasSize(1);
    assertThat(sizes).filteredOn(Size.LONG::equals).hasSize(10);
    assertThat(sizes).filteredOn(Size.BRIEF::equals).hasSizeBetween(600, 800);
  }

  private List<String> texts() {
    SplittableRandom random = new SplittableRandom(7);
    List<String> texts = new ArrayList<>();
    // the numbers of small ones only
    for (int i = 0; i < TEXTS; i++) {
      texts.add(writer.write(Size.of(0, random), random));
    }
    return texts;
  }

  private static boolean has(String text, Character.UnicodeScript script) {
    return any(text, letter -> Character.UnicodeScript.of(letter) == script);
  }

  private static boolean any(String text, IntPredicate wanted) {
    return text.codePoints().anyMatch(wanted);
  }

  private static boolean isLetter(int codePoint) {
    return Character.isLetter(codePoint) || Character.UnicodeBlock.of(codePoint) == CJK;
  }

  private static final Character.UnicodeBlock CJK =
      Character.UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION;

  private static double share(List<String> texts, Predicate<String> wanted) {
    return texts.stream().filter(wanted).count() / (double) texts.size();
  }
}
