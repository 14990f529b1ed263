/** Assembles documents: row, author and counts of each, written whole. */
package com.shareuptime.streams.search.document;
