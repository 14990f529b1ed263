/**
 * The records of cdc topics: how a change of a row is written, and the names by which it is read.
 */
package com.shareuptime.streams.contract.cdc;
