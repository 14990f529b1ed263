/** Rows from Postgres into their topic. */
package com.shareuptime.streams.bench.cdc;
