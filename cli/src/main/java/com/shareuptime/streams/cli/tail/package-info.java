/**
 * The newest records of Kafka topics, read within seconds: what of them concerns somebody. Knows
 * the topics by their documented formats alone.
 */
package com.shareuptime.streams.cli.tail;
