/**
 * How everything here speaks to the servers: the product's database through Jdbi, clients of Kafka,
 * and what tells an outage from a refusal. Knows no table and no topic.
 */
package com.shareuptime.streams.proof.server;
