/**
 * The totals: bundles of counted things brought together by target, matched between events and
 * rows, settled, and written out as absolute values.
 */
package com.shareuptime.streams.counters.total;
