/**
 * The model as the source database has it: which tables are read, and which rows of entities a row
 * of a table is. Knows neither Kafka's topics nor the connector.
 */
package com.shareuptime.streams.ingest.mapping;
