/**
 * How a job is told what to do: typed options with their origin, checked before anything starts.
 * Secrets come as files, never as values.
 */
package com.shareuptime.streams.option;
