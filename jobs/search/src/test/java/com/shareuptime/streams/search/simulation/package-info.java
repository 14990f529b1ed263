/** Random histories of the search job in one thread: the product, the indexes, what goes wrong. */
package com.shareuptime.streams.search.simulation;
