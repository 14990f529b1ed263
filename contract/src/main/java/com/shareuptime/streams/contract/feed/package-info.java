/**
 * How a feed is read: what the zsets of feeds and timelines in Redis hold, whole or as far as a
 * page needs it. No client of Redis here; what a zset answers is given to {@code ZsetDecoder}.
 */
package com.shareuptime.streams.contract.feed;
