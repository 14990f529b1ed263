/**
 * The two rules that every writer of a sink keeps: versions that only move forward, across restarts
 * too, and a gate that hides a replay from readers.
 */
package com.shareuptime.streams.version;
