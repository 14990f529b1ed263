/**
 * What could not be used, on its way to the topic {@code dead-letters}. Knows the letter and its
 * record; which input is bad, and why, is decided where it is read.
 */
package com.shareuptime.streams.deadletter;
