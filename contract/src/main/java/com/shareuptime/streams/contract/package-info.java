/**
 * What several modules agree on, in plain Java: everything else of the project may import this, and
 * it imports nothing of it. No Flink here, and of stores the texts of queries alone ({@code
 * truth}).
 */
package com.shareuptime.streams.contract;
