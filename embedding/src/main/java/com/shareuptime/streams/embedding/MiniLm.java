package com.shareuptime.streams.embedding;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The model all-MiniLM-L6-v2 with weights of eight bits, run in this process. A vector has {@link
 * #DIMENSIONS} numbers and the length 1, so that the cosine of two is their dot product. The same
 * text has the same vector on the same kind of processor, whatever else is embedded with it: texts
 * are run one by one, as the model's eight-bit scale would else follow a text's neighbours.
 *
 * <p>Of a long text the first {@link #LONGEST} pieces of words (about 190 words of English) count;
 * the model was trained on no longer ones. It knows English best.
 *
 * <p>Thread-safe. Holds about 100 MB outside the heap until closed.
 */
public final class MiniLm implements AutoCloseable {
  /** Numbers in a vector. */
  public static final int DIMENSIONS = 384;

  /** Pieces of a text that are looked at, the marks of its begin and end among them. */
  public static final int LONGEST = 256;

  private static final String MODEL = "/all-minilm-l6-v2-q.onnx";
  private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

  private final WordPieces words;
  private final OrtEnvironment runtime;
  private final OrtSession session;
  private final ExecutorService threads;

  /**
   * Loads the model, which takes about half a second.
   *
   * @param threads how many texts are worked at together
   */
  public MiniLm(int threads) {
    try (InputStream model = resource(MODEL);
        InputStream tokenizer = resource(TOKENIZER);
        OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      words = WordPieces.read(tokenizer);
      runtime = OrtEnvironment.getEnvironment();
      // a text is run by the thread that asks: two texts side by side are faster than two threads
      // at one, and the runtime's own threads would spin while they wait
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      session = runtime.createSession(model.readAllBytes(), options);
    } catch (IOException e) {
      throw new UncheckedIOException("the model cannot be read from the class path", e);
    } catch (OrtException e) {
      throw new IllegalStateException("the model cannot be loaded", e);
    }
    this.threads =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, "embedding");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Name of the model, kept with its vectors: those of two models must not be compared. */
  public static String model() {
    return "all-minilm-l6-v2-q";
  }

  /** The vector of a text; that of an empty one says nothing. */
  public float[] embed(String text) {
    long[] pieces = words.of(text, LONGEST);
    long[] shape = {1, pieces.length};
    long[] ones = new long[pieces.length];
    Arrays.fill(ones, 1);
    try (OnnxTensor ids = OnnxTensor.createTensor(runtime, LongBuffer.wrap(pieces), shape);
        OnnxTensor mask = OnnxTensor.createTensor(runtime, LongBuffer.wrap(ones), shape);
        OnnxTensor types =
            OnnxTensor.createTensor(runtime, LongBuffer.wrap(new long[pieces.length]), shape);
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
      return mean(((OnnxTensor) result.get(0)).getFloatBuffer(), pieces.length);
    } catch (OrtException e) {
      throw new IllegalStateException(
          "the model fails on a text of %d pieces".formatted(pieces.length), e);
    }
  }

  /** The vectors of texts, in their order. */
  public List<float[]> embed(List<String> texts) {
    List<CompletableFuture<float[]>> vectors =
        texts.stream()
            .map(text -> CompletableFuture.supplyAsync(() -> embed(text), threads))
            .toList();
    return vectors.stream().map(CompletableFuture::join).toList();
  }

  /** Pieces' vectors to one of length 1. */
  private static float[] mean(FloatBuffer pieces, int count) {
    float[] sum = new float[DIMENSIONS];
    for (int piece = 0; piece < count; piece++) {
      for (int i = 0; i < DIMENSIONS; i++) {
        sum[i] += pieces.get(piece * DIMENSIONS + i);
      }
    }
    double square = 0;
    for (float value : sum) {
      square += (double) value * value;
    }
    float length = (float) Math.max(Math.sqrt(square), 1e-12);
    for (int i = 0; i < DIMENSIONS; i++) {
      sum[i] /= length;
    }
    return sum;
  }

  private static InputStream resource(String name) throws IOException {
    InputStream found = MiniLm.class.getResourceAsStream(name);
    if (found == null) {
      throw new IOException("no resource " + name);
    }
    return found;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      threads.awaitTermination(10, TimeUnit.SECONDS); // none may be in a run
      session.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (OrtException e) {
      throw new IllegalStateException("the model cannot be closed", e);
    }
  }
}
