/** What jobs are asked over the topic {@code pipeline-control}: the messages, and their JSON. */
package com.shareuptime.streams.contract.control;
