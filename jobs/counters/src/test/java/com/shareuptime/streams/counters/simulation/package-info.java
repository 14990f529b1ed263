/**
 * The counters job in simulated histories of the product: see docs/simulation.md for what they draw
 * and what they cannot.
 */
package com.shareuptime.streams.counters.simulation;
