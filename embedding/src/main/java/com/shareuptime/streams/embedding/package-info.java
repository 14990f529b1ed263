/**
 * Turns text into vectors whose closeness is closeness of meaning, in this process. Knows neither
 * Flink nor anything else of ours, so that jobs and readers use the same.
 */
package com.shareuptime.streams.embedding;
