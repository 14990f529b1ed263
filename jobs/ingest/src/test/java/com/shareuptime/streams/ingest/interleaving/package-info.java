/**
 * Four sessions of a real Postgres that wait for each other: draws what they do to the same few
 * keys, statement by statement, from one seed. Knows nothing of the job.
 *
 * <p>Drawn: insert, both upserts, update, delete, a changed key, savepoints, rollbacks to them,
 * commits and rollbacks, over likes, follows, comments and posts; lock waits, deadlocks and unique
 * violations follow from these. Not drawn: TRUNCATE, COPY, statements over many rows, prepared
 * transactions, isolation levels above READ COMMITTED, foreign keys that cascade.
 */
package com.shareuptime.streams.ingest.interleaving;
