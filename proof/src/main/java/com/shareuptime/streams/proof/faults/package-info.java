/**
 * Faults, one after the other, on a stack with all jobs under traffic: what shows them, how long
 * until every surface is right again, and what an operator has to do. Uses the jobs as an operator
 * does.
 */
package com.shareuptime.streams.proof.faults;
