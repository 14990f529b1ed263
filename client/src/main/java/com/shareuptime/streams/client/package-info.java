/**
 * The documented read algorithm for services on a JVM: pages of feeds from Redis and Postgres.
 * Nothing of Flink and nothing of the jobs lives here; what it knows of them is keys, tables and
 * the topic of rebuild requests.
 */
package com.shareuptime.streams.client;
