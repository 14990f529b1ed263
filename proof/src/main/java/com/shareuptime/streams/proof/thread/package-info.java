/** Threads of this module: how they start, wait, keep a pace, and what ends with a command. */
package com.shareuptime.streams.proof.thread;
