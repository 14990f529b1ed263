/**
 * Writes of versioned rows to Postgres, one statement a batch. Knows tables and columns, not what
 * they mean.
 */
package com.shareuptime.streams.sink.postgres;
