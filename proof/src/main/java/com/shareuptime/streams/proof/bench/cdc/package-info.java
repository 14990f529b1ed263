/** Rows from Postgres into their topic. */
package com.shareuptime.streams.proof.bench.cdc;
