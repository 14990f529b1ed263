package com.shareuptime.streams.search;

import com.shareuptime.streams.testing.JobSeams;
import java.util.List;

class SeamsTest extends JobSeams {
  SeamsTest() {
    super(
        "search",
        List.of("author", "control", "count", "document", "row", "vector"),
        List.of(
            "AuthorRow",
            "AuthorSnapshot",
            "DocumentRow",
            "Assembly",
            "CountPace",
            "DocumentJson",
            "DocumentRowParser",
            "TextVector"));
  }
}
