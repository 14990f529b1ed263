/**
 * How values of ours are laid out in Flink's network and state: explicit, versioned, never generic.
 * Knows no value of any domain.
 */
package com.shareuptime.streams.serialization;
