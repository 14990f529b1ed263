/**
 * Proves, or refutes, that what readers are served is right: compares every surface with SQL over
 * the product's tables, and watches, as a reader, that the promises hold all along. Reads by the
 * contract alone.
 */
package com.shareuptime.streams.proof.check;
