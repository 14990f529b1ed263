package com.shareuptime.streams.proof.bench.embedding;

import com.shareuptime.streams.embedding.MiniLm;
import com.shareuptime.streams.proof.bench.report.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Texts of 20 words, as posts are, by one thread and by as many as there are processors; and texts
 * that fill the model.
 */
public record EmbeddingBench(int texts, long seed) {
  private static final int BATCH = 32;
  private static final int WARM_UP = 200;
  private static final int WORDS_OF_A_POST = 20;
  private static final List<String> WORDS =
      List.of(
          ("morning coffee by the sea with friends who love football and music a new recipe for"
                  + " dinner tonight our train to the city was late again great concert last week"
                  + " photo of my garden after rain")
              .split(" "));

  /** Measures one after another. */
  public List<Measurement> measure() {
    int processors = Runtime.getRuntime().availableProcessors();
    return List.of(
        measure("embeddings, posts, 1 thread", 1, WORDS_OF_A_POST, texts),
        measure(
            "embeddings, posts, %d threads".formatted(processors),
            processors,
            WORDS_OF_A_POST,
            texts),
        measure(
            "embeddings, longest texts, %d threads".formatted(processors),
            processors,
            MiniLm.LONGEST,
            texts / 10));
  }

  private Measurement measure(String name, int threads, int words, int count) {
    Random random = new Random(seed);
    try (MiniLm model = new MiniLm(threads)) {
      embed(model, random, words, Math.min(WARM_UP, count));
      long begin = System.nanoTime();
      embed(model, random, words, count);
      return Measurement.of(name, count, "texts", (System.nanoTime() - begin) / 1e9);
    }
  }

  private static void embed(MiniLm model, Random random, int words, int count) {
    List<String> batch = new ArrayList<>(BATCH);
    for (int i = 0; i < count; i++) {
      batch.add(
          Stream.generate(() -> WORDS.get(random.nextInt(WORDS.size())))
              .limit(words)
              .collect(Collectors.joining(" ")));
      if (batch.size() == BATCH || i == count - 1) {
        model.embed(batch);
        batch.clear();
      }
    }
  }
}
