package com.shareuptime.streams.search.document;

import com.shareuptime.streams.cdc.RowVersion;

/**
 * Somebody whom a row that has not come yet makes the author of a document.
 *
 * @param asOf version of that row, or of a later one that says the same
 */
record Candidate(AuthorRow author, RowVersion asOf) {}
