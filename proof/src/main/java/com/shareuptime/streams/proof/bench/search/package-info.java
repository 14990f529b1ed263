/** Posts from Kafka to the documents in OpenSearch, as searches find them. */
package com.shareuptime.streams.proof.bench.search;
