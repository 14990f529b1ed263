package com.shareuptime.streams.embed;

import com.shareuptime.streams.testing.JobSeams;
import java.util.List;

class SeamsTest extends JobSeams {
  SeamsTest() {
    super("embed", List.of("text", "vector"), List.of("TextRow", "KnownVector", "TextState"));
  }
}
