package com.shareuptime.streams.cli.explain;

import com.shareuptime.streams.contract.Counts;
import java.util.Map;

/**
 * What a surface has of a post or reel.
 *
 * @param counts null where it has none for readers
 * @param version of the write; 0 where there is none
 * @param document by field; empty where it is no document, or none that is found
 * @param away why it cannot be read; null if it can
 */
record ServedCopy(
    String surface, Counts counts, long version, Map<String, String> document, String away) {
  static ServedCopy away(String surface, String reason) {
    return new ServedCopy(surface, null, 0, Map.of(), reason);
  }

  /** As {@code run/number of the write in it}. */
  String writtenBy() {
    return version == 0 ? "" : (version >>> 41) + "/" + (version & ((1L << 41) - 1));
  }
}
