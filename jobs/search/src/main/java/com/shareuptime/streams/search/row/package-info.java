/** Reads rows of posts, reels and users. */
package com.shareuptime.streams.search.row;
