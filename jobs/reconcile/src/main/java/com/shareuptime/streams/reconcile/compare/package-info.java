/**
 * How a difference between tables and surfaces is found and proven. Knows no surface by name, and
 * nothing of Flink.
 */
package com.shareuptime.streams.reconcile.compare;
