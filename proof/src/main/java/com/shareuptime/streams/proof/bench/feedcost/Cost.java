package com.shareuptime.streams.proof.bench.feedcost;

/**
 * What one threshold costs, in the mean over a day.
 *
 * @param threshold active followers above which an author is pulled; {@link CostModel#NONE}: nobody
 * @param celebrities authors who are pulled
 * @param pushesPerSecond entries written into feeds
 * @param pulledEdges follows of active readers that lead to pulled authors
 * @param pushedEdges the other follows of active readers
 * @param slicesPerSecond timelines read for pages
 * @param writeMicros CPU time of Redis for the pushes of a second, µs
 * @param readMicros CPU time of Redis for the slices of a second, µs
 * @param longestBurstMicros CPU time of Redis for one post of the largest author who is pushed, µs
 */
record Cost(
    int threshold,
    long celebrities,
    double pushesPerSecond,
    double pushedEdges,
    double pulledEdges,
    double slicesPerSecond,
    double writeMicros,
    double readMicros,
    double longestBurstMicros) {

  double totalMicros() {
    return writeMicros + readMicros;
  }
}
