/**
 * The counters job: likes, comments and shares of posts and reels, kept right and fresh. {@link
 * com.shareuptime.streams.counters.CountersJob} is the diagram; each folder is one box of it.
 */
package com.shareuptime.streams.counters;
