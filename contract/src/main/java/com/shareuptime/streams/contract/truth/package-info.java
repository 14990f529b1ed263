/**
 * What is true: the SQL that asks the product's tables, as texts, once for all that reads them. Who
 * asks (reconcile, the command, proof's drills and benchmarks) takes a text from here and binds its
 * parameters; no other product code names a table of the product. Here because jobs and commands
 * both need it and share nothing else. Texts hold no value of others: values are parameters.
 *
 * <p>The reading client is a library of its own and has its queries as files. Proof's checker has
 * one oracle of its own.
 */
package com.shareuptime.streams.contract.truth;
