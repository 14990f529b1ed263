/** Writes documents to OpenSearch, and publishes how far it has got. */
package com.shareuptime.streams.search.sink;
