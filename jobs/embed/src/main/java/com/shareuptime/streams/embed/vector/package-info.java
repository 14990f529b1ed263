/** Computes vectors, each once. */
package com.shareuptime.streams.embed.vector;
