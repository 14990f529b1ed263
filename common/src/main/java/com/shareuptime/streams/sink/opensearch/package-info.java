/** Writes whole, externally versioned documents to OpenSearch in bulk. */
package com.shareuptime.streams.sink.opensearch;
