/** The Kafka topics: their names, what they are configured with, their creation and examination. */
package com.shareuptime.streams.contract.topic;
