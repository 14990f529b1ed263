package com.shareuptime.streams.proof.bench.counters;

import java.util.Optional;

/** One place where counters are served. */
interface BenchSurface extends AutoCloseable {
  String name();

  /** Whether a sample of the posts shows what it must: cheap enough to ask ten times a second. */
  boolean sampleIsExact();

  /** Compares every post and the sum of all; empty if all is exact, otherwise what is not. */
  Optional<String> difference();

  @Override
  void close();
}
