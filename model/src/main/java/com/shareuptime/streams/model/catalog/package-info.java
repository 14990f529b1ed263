/**
 * What a database says of its tables, as far as a model needs it. Plain JDBC, and only in the
 * reader.
 */
package com.shareuptime.streams.model.catalog;
