/**
 * Postgres' operators and functions on the values of one row, as the decoder has them: a Long for
 * every integer, a Boolean, a BigDecimal, a Long of microseconds for both kinds of timestamp, and a
 * String for all else. Knows neither files nor catalogs.
 */
package com.shareuptime.streams.model.evaluation;
