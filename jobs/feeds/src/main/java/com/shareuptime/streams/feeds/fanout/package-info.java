/** Authors: their active followers, their newest posts, and how these reach feeds. */
package com.shareuptime.streams.feeds.fanout;
