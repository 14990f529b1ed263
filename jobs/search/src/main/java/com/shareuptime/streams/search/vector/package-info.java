/** Reads vectors as the embed job publishes them. */
package com.shareuptime.streams.search.vector;
