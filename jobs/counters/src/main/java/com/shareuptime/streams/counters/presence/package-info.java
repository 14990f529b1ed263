/** Rows that count: read from cdc records, and made a set by what is known of each row. */
package com.shareuptime.streams.counters.presence;
