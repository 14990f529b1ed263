/**
 * Corrections that the counters job makes, as records of the topic {@code counter-drift}. Knows the
 * record; when a count is corrected is decided in the counters job.
 */
package com.shareuptime.streams.drift;
