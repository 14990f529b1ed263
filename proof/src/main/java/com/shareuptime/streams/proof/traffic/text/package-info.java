/**
 * What users write and what they are called, made of word lists of our own in the resources of this
 * package. The same random numbers give the same words. Knows no tables and no traffic.
 */
package com.shareuptime.streams.proof.traffic.text;
