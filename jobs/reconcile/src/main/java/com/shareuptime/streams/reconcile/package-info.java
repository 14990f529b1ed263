/** Proves that the surfaces show what the product's tables have, or finds where they do not. */
package com.shareuptime.streams.reconcile;
