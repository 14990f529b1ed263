/** Writing values to a Kafka topic as to any other store. */
package com.shareuptime.streams.sink.kafka;
