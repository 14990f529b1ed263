/** What operators and reconcile ask of this job, through the topic pipeline-control. */
package com.shareuptime.streams.counters.control;
