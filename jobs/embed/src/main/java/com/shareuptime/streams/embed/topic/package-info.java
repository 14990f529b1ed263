/** The topic of vectors, which the job reads once and writes. */
package com.shareuptime.streams.embed.topic;
