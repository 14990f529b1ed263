package com.shareuptime.streams.cli.explain;

import com.shareuptime.streams.local.check.Counts;
import java.util.Map;

/**
 * What the product's tables say of a post or reel, of one moment.
 *
 * @param exists whether it has a row, be it a soft-deleted one
 * @param counts of rows that are there
 * @param document by field, as searches must find it; empty if they must not
 * @param about in words, for people
 */
record Truth(boolean exists, Counts counts, Map<String, String> document, String about) {}
