package com.shareuptime.streams.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MiniLmTest {
  private static MiniLm model;

  @BeforeAll
  static void load() {
    model = new MiniLm(2);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void vectorsHaveTheLengthOne() {
    float[] vector = model.embed("A walk by the sea at sunset");

    assertThat(vector).hasSize(MiniLm.DIMENSIONS);
    assertThat(likeness(vector, vector)).isEqualTo(1, within(1e-5));
  }

  @Test
  void whatMeansTheSameIsCloserThanWhatSharesWords() {
    float[] text = model.embed("How do I bake bread at home?");

    double paraphrase = likeness(text, model.embed("Making your own sourdough loaf in the oven"));
    double sameWords = likeness(text, model.embed("How do I get home by train?"));
    double unrelated = likeness(text, model.embed("The match ended two to one last night"));

    assertThat(paraphrase).isGreaterThan(sameWords + 0.1);
    assertThat(sameWords).isGreaterThan(unrelated);
  }

  @Test
  void aTextHasOneVectorWhateverIsEmbeddedWithIt() {
    String text = "The quick brown fox jumps over the lazy dog";
    float[] alone = model.embed(text);

    List<float[]> among = model.embed(List.of("hi", text, "a long one. ".repeat(80), text));

    assertThat(among).hasSize(4);
    assertThat(among.get(1)).isEqualTo(alone);
    assertThat(among.get(3)).isEqualTo(alone);
  }

  @Test
  void ofALongTextTheBeginningCounts() {
    String beginning = "the sea is calm tonight and the boats are out ".repeat(40);

    assertThat(model.embed(beginning + "politics and elections"))
        .isEqualTo(model.embed(beginning + "recipes for soup ".repeat(4_000)));
  }

  @Test
  void everyClassLoaderOfAProcessCanLoadIt() throws Exception {
    // a Flink session cluster gives each submission of a job a class loader of its own
    List<URL> classPath = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      classPath.add(new File(entry).toURI().toURL());
    }
    try (URLClassLoader loader =
            new URLClassLoader(
                classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        AutoCloseable other =
            (AutoCloseable)
                loader.loadClass(MiniLm.class.getName()).getConstructor(int.class).newInstance(1)) {
      Object vector = other.getClass().getMethod("embed", String.class).invoke(other, "again");
      assertThat((float[]) vector).isEqualTo(model.embed("again"));
    }
  }

  private static double likeness(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (double) one[i] * other[i];
    }
    return sum;
  }
}
