package com.shareuptime.streams.sink.opensearch;

/**
 * One document of a bulk request.
 *
 * @param version external: the index keeps the highest
 * @param json the whole document, or null to delete it
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record BulkItem(String index, String id, long version, byte[] json) {
  /** Bytes of the request that it takes, roughly. */
  int size() {
    return 128 + (json == null ? 0 : json.length);
  }
}
