/** What operators and readers ask of this job, through the topic pipeline-control. */
package com.shareuptime.streams.feeds.control;
