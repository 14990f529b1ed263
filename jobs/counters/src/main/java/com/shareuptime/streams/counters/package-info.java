/**
 * The counters job: counts of posts and reels, kept right and fresh. {@link
 * com.shareuptime.streams.counters.CountersJob} is the diagram; each folder is one box of it.
 */
package com.shareuptime.streams.counters;
