/**
 * What several modules agree on, in plain Java: everything else of the project may import this, and
 * it imports nothing of it. No Flink here, and no reading or writing of a store.
 */
package com.shareuptime.streams.contract;
