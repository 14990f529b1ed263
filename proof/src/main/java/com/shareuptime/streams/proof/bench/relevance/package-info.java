/**
 * How well searches rank, on a small set of posts and judged queries of our own. Asks as the
 * operator's command does, by the queries that services use.
 */
package com.shareuptime.streams.proof.bench.relevance;
