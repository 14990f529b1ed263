/**
 * How servers are asked over HTTP: OpenSearch and Flink. Knows no question and no answer; who asks
 * says what to do about a failure.
 */
package com.shareuptime.streams.contract.http;
