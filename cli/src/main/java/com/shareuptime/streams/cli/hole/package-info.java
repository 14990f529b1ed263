/**
 * Rows that ingest could not hand on whole: what is known of them, and filling the surfaces that
 * lack them from the tables.
 */
package com.shareuptime.streams.cli.hole;
