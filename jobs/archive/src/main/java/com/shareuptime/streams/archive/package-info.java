/**
 * The archive job, on Flink's own connectors: keeps what was corrected in a table and what was
 * refused in an index. The job to read first: sources, one parser, sinks.
 */
package com.shareuptime.streams.archive;
