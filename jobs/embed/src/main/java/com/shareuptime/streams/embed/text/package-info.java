/** Reads the texts of posts and reels. */
package com.shareuptime.streams.embed.text;
