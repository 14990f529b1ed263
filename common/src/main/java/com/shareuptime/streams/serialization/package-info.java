/**
 * How values of ours are laid out in Flink's network and state: explicit, versioned, never generic.
 * A record is a list of its components, from which writing and reading follow. Knows no value of
 * any domain.
 */
package com.shareuptime.streams.serialization;
