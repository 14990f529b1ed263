/** Which targets may be in a list that everybody sees, by their rows and those of their authors. */
package com.shareuptime.streams.counters.listing;
