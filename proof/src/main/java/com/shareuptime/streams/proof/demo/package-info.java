/** The command that brings everything up, lets it run for show or for proof, and takes it down. */
package com.shareuptime.streams.proof.demo;
