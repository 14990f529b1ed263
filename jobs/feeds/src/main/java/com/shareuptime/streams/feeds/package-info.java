/**
 * Home timelines by hybrid fan-out: pushed into each active follower's feed, or, from authors with
 * very many followers, pulled by the reader from the author's timeline.
 */
package com.shareuptime.streams.feeds;
