/**
 * Stands in for the product's backend: plans, deterministically by a seed, what users do, writes it
 * as rows and announces it as events, with faults on demand. Knows the product's tables and topics,
 * and nothing of the jobs or of what they write.
 */
package com.shareuptime.streams.proof.traffic;
