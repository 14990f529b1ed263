/**
 * What the jobs reach on a given machine, measured on real servers. Knows the jobs as jars only.
 */
package com.shareuptime.streams.proof.bench;
