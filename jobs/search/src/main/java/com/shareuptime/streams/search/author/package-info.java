/** Tells documents of their authors, now and when those change. */
package com.shareuptime.streams.search.author;
