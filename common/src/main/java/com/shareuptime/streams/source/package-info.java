/**
 * Where a job's inputs come from: Kafka records with the place they stood at, so that a bad one can
 * be set aside as it came. Knows no meaning of any of them.
 */
package com.shareuptime.streams.source;
