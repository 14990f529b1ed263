/** Keeps long work from holding up what is fresh. */
package com.shareuptime.streams.pace;
