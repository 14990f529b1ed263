/**
 * The SQL that asks the product's tables, as texts, once for reconcile, the command, and proof's
 * drills and benchmarks. A caller takes a text and binds its parameters; no other code of the
 * product queries these tables. It lies here because jobs and commands share nothing else. Texts
 * contain no value of a user: values are parameters.
 *
 * <p>The reading client is a library of its own and has its queries as files. Proof's checker has
 * one oracle, written on its own.
 */
package com.shareuptime.streams.contract.truth;
