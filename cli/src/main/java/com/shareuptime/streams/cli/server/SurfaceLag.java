package com.shareuptime.streams.cli.server;

/**
 * How far a surface is.
 *
 * @param visibleLsn all that was committed at or before it can be read there
 * @param visibleAt when that was; ISO-8601
 * @param bytesBehind WAL from there to the position that was asked for; 0 if it has passed that
 * @param millisBehind age of what it shows; some hundred even with nothing to do
 */
public record SurfaceLag(
    String surface, String visibleLsn, String visibleAt, long bytesBehind, long millisBehind) {
  /** For people. */
  public String text() {
    return bytesBehind == 0
        ? "passed, visible up to %s of %s".formatted(visibleLsn, visibleAt)
        : "%,d ms and %,d bytes of WAL BEHIND, visible up to %s of %s"
            .formatted(millisBehind, bytesBehind, visibleLsn, visibleAt);
  }
}
