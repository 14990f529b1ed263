package com.shareuptime.streams.proof.traffic.text;

import java.util.List;

/** What somebody writes about. */
record Topic(String name, List<String> hashtags, List<String> emoji, List<Phrase> phrases) {}
