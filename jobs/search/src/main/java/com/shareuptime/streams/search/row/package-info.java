/** Reads rows of posts, reels and users, from cdc topics and from events. */
package com.shareuptime.streams.search.row;
