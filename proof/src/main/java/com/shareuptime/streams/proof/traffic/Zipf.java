package com.shareuptime.streams.proof.traffic;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Draws ranks from 0 to size − 1, rank r with a weight of 1 / (r + 1)^exponent. */
final class Zipf {
  private final double[] cumulative;

  Zipf(int size, double exponent) {
    cumulative = new double[size];
    double sum = 0;
    for (int rank = 0; rank < size; rank++) {
      sum += Math.pow(rank + 1.0, -exponent);
      cumulative[rank] = sum;
    }
  }

  int draw(SplittableRandom random) {
    int at =
        Arrays.binarySearch(cumulative, random.nextDouble() * cumulative[cumulative.length - 1]);
    return Math.min(at >= 0 ? at : -at - 1, cumulative.length - 1);
  }
}
