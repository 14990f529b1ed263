package com.shareuptime.streams.sink.opensearch;

import java.io.Serializable;

/** Which document of which index a value is. */
@FunctionalInterface
public interface BulkMapping<T> extends Serializable {
  BulkItem of(T value);
}
