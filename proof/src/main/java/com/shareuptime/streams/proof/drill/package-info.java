/**
 * Rows of every surface are changed, deleted and added by hand while traffic runs: whether
 * reconcile finds them all and nothing else, and whether their owners put them right.
 */
package com.shareuptime.streams.proof.drill;
