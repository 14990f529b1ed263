package com.shareuptime.streams.proof.traffic.text;

import java.util.List;

/** What somebody writes about. */
record TextTopic(String name, List<String> hashtags, List<String> emoji, List<Phrase> phrases) {}
