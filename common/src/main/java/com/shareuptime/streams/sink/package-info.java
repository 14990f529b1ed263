/**
 * Sinks of versioned values: coalescing, retrying, and the watermark that says what is written.
 * Servers are in the packages below; knows no job and no domain.
 */
package com.shareuptime.streams.sink;
