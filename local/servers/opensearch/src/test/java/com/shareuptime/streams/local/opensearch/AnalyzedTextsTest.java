package com.shareuptime.streams.local.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Texts are found in any script, however their letters are written, by the indexes of search. */
class AnalyzedTextsTest {
  private static final int TEXTS = Integer.getInteger("texts", 5_000);
  private static final List<String> ANALYZERS =
      List.of(
          "social",
          "social_query",
          "social_english",
          "social_english_query",
          "social_turkish",
          "social_turkish_query");

  private static final Pattern BETWEEN_KANA_AND_VOICE =
      Pattern.compile(
          "([\\p{IsKatakana}\\p{IsHiragana}])[\\p{Mn}&&[^\u3099\u309a]]+([\u3099\u309b\uff9e])");

  /** Each line is one word in forms that find each other. */
  private static final List<List<String>> ALIKE =
      List.of(
          List.of("café", "cafe", "CAFÉ", "ＣＡＦＥ", "ｃａｆé"),
          List.of("éclair", "eclair", "Éclair"),
          List.of("Straße", "strasse", "STRASSE", "STRAẞE"),
          List.of("Zürich", "zurich"),
          List.of("smørrebrød", "smorrebrod"),
          List.of("œuvre", "oeuvre"),
          List.of("ﬁnance", "finance"),
          List.of("naïve", "naive", "na\u00adive"),
          List.of("𝐂𝐨𝐟𝐟𝐞𝐞", "coffee", "ＣＯＦＦＥＥ", "𝓬𝓸𝓯𝓯𝓮𝓮"),
          List.of("tiếng", "tieng", "TIẾNG"),
          List.of("Việt", "viet", "VIỆT"),
          List.of("đường", "duong", "ĐƯỜNG"),
          List.of("phở", "pho", "PHỞ"),
          List.of("güneşli", "gunesli", "GÜNEŞLİ"),
          List.of("İstanbul", "istanbul", "ISTANBUL", "ıstanbul"),
          List.of("ışıkları", "ISIKLARI", "isiklari", "IŞIKLARI"),
          List.of("Αθήνα", "αθηνα", "ΑΘΗΝΑ", "Ἀθῆνα"),
          List.of("Όμηρος", "ομηροσ", "ΌΜΗΡΟΣ"),
          List.of("ёлка", "елка", "ЁЛКА"),
          List.of("йогурт", "ЙОГУРТ", "иогурт"),
          List.of("Київ", "київ", "КИЇВ"),
          List.of("محمد", "مُحَمَّدٌ", "محـــمد", "ﻣﺤﻤﺪ"),
          List.of("القرآن", "القران", "ٱلْقُرْآن"),
          List.of("أحمد", "احمد", "إحمد", "آحمد"),
          List.of("مدرسة", "مدرسه"),
          List.of("على", "علي", "علی"),
          List.of("کتاب", "كتاب"),
          List.of("٢٠٢٤", "2024", "۲۰۲۴", "２０２４"),
          List.of("שלום", "שָׁלוֹם", "של\ufb4bם"),
          List.of("שׁלום", "שלום", "\ufb2aלום"),
          List.of("ज़रूर", "जरूर", "\u095bरूर"),
          List.of("গো", "গ\u09c7\u09be"),
          List.of("ガギグ", "ｶﾞｷﾞｸﾞ"),
          List.of("パーティー", "ﾊﾟｰﾃｨｰ"),
          List.of("데이터", "데이터"));

  /** A text, and what finds it. */
  private static final Map<String, List<String>> WITHIN =
      Map.ofEntries(
          Map.entry("今日は天気がいいから散歩しましょう", List.of("天気", "今日", "散歩", "天", "天気がいい")),
          Map.entry("我今天去了北京大学", List.of("北京", "北京大学", "大学", "今天", "去")),
          Map.entry("東京タワーに登った", List.of("東京", "タワー", "東京タワー")),
          Map.entry("新しいiPhone15を買った", List.of("iphone15", "買った", "IPHONE15", "新しい iphone15")),
          Map.entry("ＣＯＦＦＥＥを飲む", List.of("coffee", "飲む", "coffee を飲む")),
          Map.entry("吾輩は猫である", List.of("猫", "吾輩", "である")),
          Map.entry("人々の時代", List.of("人々", "時代", "々")),
          Map.entry("散歩 #天気予報 です", List.of("#天気予報", "天気", "予報", "天気予報", "報")),
          Map.entry("買い物＃セール中", List.of("#セール中", "セール")),
          Map.entry("#iPhone15ケース 届いた", List.of("#iphone15ケース", "iphone15", "ケース")),
          Map.entry(
              "#東京タワーgo 登った #ラーメンlove食べる", List.of("#東京タワーgo", "東京", "go", "#ラーメンlove食べる", "love")),
          Map.entry("@山田太郎 さん", List.of("@山田太郎", "山田", "太郎")),
          Map.entry("오늘 날씨가 좋네요", List.of("날씨", "날씨가", "오늘")),
          Map.entry("วันนี้อากาศดีมาก", List.of("อากาศ", "วันนี้", "ดีมาก")),
          Map.entry("ສະບາຍດີຕອນເຊົ້າ", List.of("ສະບາຍດີ", "ຕອນເຊົ້າ")),
          Map.entry("ខ្ញុំស្រឡាញ់កាហ្វេ", List.of("កាហ្វេ", "ស្រឡាញ់")),
          Map.entry("မြန်မာနိုင်ငံ", List.of("မြန်မာ", "နိုင်ငံ")),
          Map.entry("Morning #coffee with @ayse", List.of("#COFFEE", "coffee", "@Ayşe", "ayse")),
          Map.entry("ünlü #şehir_rehberi", List.of("#sehir_rehberi", "şehir_rehberi")),
          Map.entry("صباح الخير #القُدس", List.of("#القدس", "القدس", "صَباح")),
          Map.entry("मैं हिन्दी बोलता हूँ", List.of("हिन्दी", "बोलता")),
          Map.entry("Final whistle ⚽🎉 🇹🇷 ❤️", List.of("🎉", "🇹🇷", "❤", "❤️")));

  /** A text, and what must not find it. */
  private static final Map<String, List<String>> APART =
      Map.ofEntries(
          Map.entry("京都に行った", List.of("東京", "京に", "#京都")),
          Map.entry("かきくけこ", List.of("がき")),
          Map.entry("ハート", List.of("パート", "ハー一")),
          Map.entry("的 士", List.of("的士")),
          Map.entry("की", List.of("का", "क")),
          Map.entry("मज़ा", List.of("मजी")),
          Map.entry("मानव", List.of("मन")),
          Map.entry("天気予報", List.of("#天気予報", "天報")),
          Map.entry("#天気予報", List.of("#天気")),
          Map.entry("coffee time", List.of("#coffee", "@coffee", "cofee")),
          Map.entry("Trip 🇹🇩", List.of("🇹🇷")));

  private static AnalyzedIndex posts;

  @BeforeAll
  static void load() throws IOException {
    posts = AnalyzedIndex.of("posts");
  }

  @Test
  void aWordIsFoundInEachOfItsForms() {
    List<String> missed = new ArrayList<>();
    for (List<String> forms : ALIKE) {
      for (String written : spelled(forms)) {
        for (String typed : spelled(forms)) {
          for (String text :
              List.of(written, "one " + written + " two", "#" + written + ", three")) {
            if (!posts.finds(text, typed)) {
              missed.add(typed + " in " + text);
            }
            if (!posts.findsQuoted(text, typed)) {
              missed.add("\"" + typed + "\" in " + text);
            }
          }
          if (!posts.finds("#" + written, "#" + typed)) {
            missed.add("#" + typed + " in #" + written);
          }
          if (!posts.username(written).equals(posts.username(typed))) {
            missed.add("the author " + written + " by " + typed);
          }
        }
      }
    }
    assertThat(missed).isEmpty();
  }

  /** Each form composed and decomposed; syllables of Hangul are read as they are written. */
  private static List<String> spelled(List<String> forms) {
    List<String> all = new ArrayList<>();
    for (String form : forms) {
      all.add(form);
      if (!form.matches("\\p{IsHangul}+")) {
        all.add(Normalizer.normalize(form, Normalizer.Form.NFC));
        all.add(Normalizer.normalize(form, Normalizer.Form.NFD));
      }
    }
    return all.stream().distinct().toList();
  }

  @Test
  void aWordIsFoundWithinATextOfItsScript() {
    List<String> missed = new ArrayList<>();
    WITHIN.forEach(
        (text, queries) ->
            queries.forEach(
                query -> {
                  if (!posts.finds(text, query)) {
                    missed.add(query + " in " + text);
                  }
                  if (!query.contains(" ") && !posts.findsQuoted(text, query)) {
                    missed.add("\"" + query + "\" in " + text);
                  }
                }));
    assertThat(missed).isEmpty();
  }

  @Test
  void anotherWordIsNotFound() {
    List<String> wrong = new ArrayList<>();
    APART.forEach(
        (text, queries) ->
            queries.stream()
                .filter(query -> posts.finds(text, query))
                .forEach(query -> wrong.add(query + " in " + text)));
    assertThat(wrong).isEmpty();
  }

  @Test
  void wordsInQuotesStandSideBySide() {
    assertThat(posts.findsQuoted("今日は天気 good です", "天気 good")).isTrue();
    assertThat(posts.findsQuoted("今日は天気 good です", "good です")).isTrue();
    assertThat(posts.findsQuoted("今日は天気がいい", "今日は天気")).isTrue();
    assertThat(posts.findsQuoted("新しいiPhone15を買った", "iPhone15を買った")).isTrue();
    assertThat(posts.findsQuoted("散歩 #天気 です", "散歩 #天気 です")).isTrue();
    assertThat(posts.findsQuoted("散歩 #天気 です", "散歩 天気 です")).isTrue();
    assertThat(posts.findsQuoted("気がいい天気", "天気がいい")).isFalse();
    assertThat(posts.findsQuoted("天気がとても good", "天気 good")).isFalse();
    assertThat(posts.findsQuoted("A weekend in New York", "new york")).isTrue();
    assertThat(posts.findsQuoted("Love my #coffee time", "my coffee time")).isTrue();
    assertThat(posts.findsQuoted("York is new", "new york")).isFalse();
  }

  @Test
  void anyTextFindsItself() {
    long seed = Long.getLong("tests.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      String text = drawn(random);
      for (Normalizer.Form form : Normalizer.Form.values()) {
        String typed = Normalizer.normalize(text, form);
        assertThat(posts.findsQuoted(typed, typed)).as("seed %d: %s", seed, typed).isTrue();
        String tagged = "a #" + typed + " @" + typed + typed + " z";
        assertThat(posts.finds(tagged, tagged)).as("seed %d: %s", seed, tagged).isTrue();
        if (!text.matches(".*\\p{IsHangul}.*")) {
          assertThat(posts.findsQuoted(typed, text)).as("seed %d: %s", seed, typed).isTrue();
          assertThat(posts.findsQuoted(text, typed)).as("seed %d: %s", seed, text).isTrue();
        }
      }
    }
  }

  /**
   * Letters of some scripts, marks, and what stands between words. No mark of another script stands
   * between a kana and its voice, where nobody writes one: Unicode's forms put the two in another
   * order, and the index joins a kana with the voice that follows it.
   */
  private static String drawn(Random random) {
    String letters = "aZ7é_ıİßœđ天気京か゛がﾊｶﾞーアกาวันអក날씨אשׁﬁαςΌёйمحَأऩजা👍🎉 ,.。・'";
    int[] all = letters.codePoints().toArray();
    StringBuilder text = new StringBuilder("x");
    int length = random.nextInt(12);
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(all[random.nextInt(all.length)]);
    }
    return BETWEEN_KANA_AND_VOICE.matcher(text).replaceAll("$1$2");
  }

  @Test
  void whatIsFoundIsMarkedInTheTextAsItIsWritten() {
    assertThat(posts.marked("今日は天気がいい", "天気")).isEqualTo("今日は[天気]がいい");
    assertThat(posts.marked("明日の天気予報です", "天気予報")).isEqualTo("明日の[天気予報]です");
    assertThat(posts.marked("新しいiPhone15を買った", "iphone15")).isEqualTo("新しい[iPhone15]を買った");
    assertThat(posts.marked("ＣＯＦＦＥＥを飲む", "coffee")).isEqualTo("[ＣＯＦＦＥＥ]を飲む");
    assertThat(posts.marked("この猫 かわいい", "猫")).isEqualTo("この[猫] かわいい");
    assertThat(posts.marked("ｶﾞｷﾞを見た", "ガギ")).isEqualTo("[ｶﾞｷﾞ]を見た");
    assertThat(posts.marked("散歩 #天気予報 です", "#天気予報")).isEqualTo("散歩 [#天気予報] です");
    assertThat(posts.marked("قال مُحَمَّدٌ ذلك", "محمد")).isEqualTo("قال [مُحَمَّدٌ] ذلك");
    assertThat(posts.marked("un cafe\u0301, please", "cafe")).isEqualTo("un [cafe\u0301], please");
    assertThat(posts.marked("Morning #coffee", "coffee")).isEqualTo("Morning #[coffee]");
    assertThat(posts.marked("die Straße dort", "strasse")).isEqualTo("die [Straße] dort");
    assertThat(posts.marked("\u202bאמר שָׁלוֹם", "שלום")).isEqualTo("\u202bאמר [שָׁלוֹם]");
  }

  @Test
  void stemsAreFoundInDecomposedWordsToo() {
    String text = "Kitaplarımı güneşli günlerde okuyorum";
    assertThat(posts.terms("social_turkish", text)).contains("kitap", "gun");
    assertThat(posts.terms("social_turkish", Normalizer.normalize(text, Normalizer.Form.NFD)))
        .isEqualTo(posts.terms("social_turkish", text));
    assertThat(posts.terms("social_english", "We were running 天気"))
        .containsAll(posts.terms("social_english_query", "runs"));
  }

  @Test
  void everyLetterIsReadAsUnicodeTellsIt() throws IOException {
    assertThat(PlainLetters.ofRules(rules(posts.analysis())))
        .containsExactlyInAnyOrderEntriesOf(PlainLetters.all());
  }

  /** Whatever users write: a document that is refused is in no search. */
  @Test
  void noTextIsRefused() {
    long seed = Long.getLong("tests.seed", System.nanoTime());
    System.out.println("texts of tests.seed=" + seed);
    Random random = new Random(seed);
    for (int i = 0; i < TEXTS; i++) {
      String text = anyText(random);
      for (String analyzer : ANALYZERS) {
        posts.terms(analyzer, text); // checks what an index takes
      }
    }
  }

  /** A pattern that goes back and forth would have no stack left for these. */
  @Test
  void noLongTextIsRefused() {
    for (String piece :
        List.of("x", "天", "#天", "#x", "x天", "e\u0301", "\u0335", "天 ", "👾", "@", "ไ")) {
      for (String analyzer : ANALYZERS) {
        posts.terms(analyzer, piece.repeat(50_000));
      }
    }
  }

  /** Pieces of words and whole blocks of Unicode side by side, many of them with hashtags. */
  private static String anyText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int piece = random.nextInt(12); piece >= 0; piece--) {
      switch (random.nextInt(6)) {
        case 0 -> text.append(random.nextBoolean() ? '#' : '@');
        case 1 -> text.append(random.nextBoolean() ? " " : "");
        case 2 -> text.append(anyWord(random));
        case 3 -> text.append(Normalizer.normalize(anyWord(random), Normalizer.Form.NFD));
        case 4 -> {
          int first = random.nextInt(0x32400);
          for (int letter = random.nextInt(8); letter >= 0; letter--) {
            text.appendCodePoint(first + random.nextInt(64));
          }
        }
        default -> text.append((char) random.nextInt(0x10000)); // half a letter as well
      }
    }
    return text.toString();
  }

  private static String anyWord(Random random) {
    List<String> alike = ALIKE.get(random.nextInt(ALIKE.size()));
    String word = alike.get(random.nextInt(alike.size()));
    return word.substring(random.nextInt(word.length()));
  }

  @Test
  void postsAndReelsAreReadAlike() throws IOException {
    assertThat(AnalyzedIndex.of("reels").analysis()).isEqualTo(posts.analysis());
  }

  @SuppressWarnings("unchecked")
  private static List<String> rules(Map<String, Object> analysis) {
    Map<String, Object> filters = (Map<String, Object>) analysis.get("char_filter");
    return (List<String>) ((Map<String, Object>) filters.get("plain_letters")).get("mappings");
  }
}
