package com.shareuptime.streams.proof.traffic.text;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Writes posts and captions: sentences about a topic in one of some languages, with hashtags,
 * mentions, links and emoji as they come. Safe for use by many threads.
 */
public final class Writer {
  /** Of a hundred texts; what is left is English. */
  private static final Map<String, Integer> SHARES =
      new TreeMap<>(Map.of("tr", 35, "de", 5, "es", 5, "ar", 5, "ja", 5));

  private static final Language ENGLISH = Language.read("en");
  private static final List<Language> OTHERS =
      SHARES.keySet().stream().map(Language::read).toList();

  private static final int SENTENCES_A_PARAGRAPH = 6;
  private static final int LETTERS_OF_A_LINK = 24;

  private final long firstUser;
  private final long users;

  /** Mentions are of so many users from the first on, by the names that they signed up with. */
  public Writer(long firstUser, long users) {
    this.firstUser = firstUser;
    this.users = users;
  }

  public String write(Size size, SplittableRandom random) {
    Language language = language(random);
    TextTopic topic = any(language.topics(), random);
    StringBuilder text = new StringBuilder(size.isLarge() ? size.bytes() + 1_024 : 160);
    if (random.nextInt(12) == 0) {
      mention(text, random);
      text.append(' ');
    }
    if (size.isLarge()) {
      essay(text, size.bytes(), language, topic, random);
    } else if (size == Size.BRIEF && random.nextInt(25) == 0) {
      text.append(any(topic.emoji(), random));
    } else {
      sentences(text, size.sentences(random), language, topic, random);
    }
    ornaments(text, topic, random);
    return text.toString();
  }

  private void sentences(
      StringBuilder text,
      int sentences,
      Language language,
      TextTopic topic,
      SplittableRandom random) {
    for (int i = 0; i < sentences; i++) {
      if (i > 0) {
        text.append(i % SENTENCES_A_PARAGRAPH == 0 ? '\n' : ' ');
      }
      sentence(text, language, topic, random);
    }
  }

  /**
   * Wanders from topic to topic. Sentences of so few words would shrink to a fraction, so every
   * other one comes with a link, whose letters don't.
   */
  private void essay(
      StringBuilder text, int bytes, Language language, TextTopic first, SplittableRandom random) {
    TextTopic topic = first;
    int counted = 0;
    for (int sentences = 0, size = 0; size < bytes; sentences++) {
      if (sentences > 0 && sentences % SENTENCES_A_PARAGRAPH == 0) {
        text.append("\n\n");
        topic = any(language.topics(), random);
      } else if (sentences > 0) {
        text.append(' ');
      }
      sentence(text, language, topic, random);
      if (random.nextBoolean()) {
        link(text.append(' '), random);
      }
      size += utf8Length(text, counted);
      counted = text.length();
    }
  }

  private static void sentence(
      StringBuilder text, Language language, TextTopic topic, SplittableRandom random) {
    any(topic.phrases(), random).append(text, random);
    if ("?!؟？".indexOf(text.charAt(text.length() - 1)) < 0) {
      text.append(any(language.ends(), random));
    }
    if (random.nextInt(8) == 0) {
      text.append(' ').append(any(topic.emoji(), random));
    }
  }

  private void ornaments(StringBuilder text, TextTopic topic, SplittableRandom random) {
    for (int emoji = random.nextInt(10) - 6; emoji > 0; emoji--) {
      text.append(' ').append(any(topic.emoji(), random));
    }
    if (random.nextInt(15) == 0) {
      mention(text.append(' '), random);
    }
    if (random.nextInt(20) == 0) {
      link(text.append(' '), random);
    }
    int hashtags = Math.max(0, random.nextInt(6) - 2);
    int start = random.nextInt(topic.hashtags().size());
    for (int i = 0; i < Math.min(hashtags, topic.hashtags().size()); i++) {
      text.append(' ').append(topic.hashtags().get((start + i) % topic.hashtags().size()));
    }
  }

  private void mention(StringBuilder text, SplittableRandom random) {
    long user = firstUser + random.nextLong(users);
    text.append('@').append(Names.profile(user, 0).username());
  }

  private static void link(StringBuilder text, SplittableRandom random) {
    text.append("https://link.example/");
    for (int i = 0; i < LETTERS_OF_A_LINK; i++) {
      text.append(Character.forDigit(random.nextInt(36), 36));
    }
  }

  private static Language language(SplittableRandom random) {
    int roll = random.nextInt(100);
    for (Language language : OTHERS) {
      roll -= SHARES.get(language.code());
      if (roll < 0) {
        return language;
      }
    }
    return ENGLISH;
  }

  /** Each half of a pair counts for two of its four bytes. */
  private static int utf8Length(CharSequence text, int from) {
    int bytes = 0;
    for (int i = from; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (letter < 0x80) {
        bytes += 1;
      } else {
        bytes += letter < 0x800 || Character.isSurrogate(letter) ? 2 : 3;
      }
    }
    return bytes;
  }

  private static <T> T any(List<T> all, SplittableRandom random) {
    return all.get(random.nextInt(all.size()));
  }
}
