package com.shareuptime.streams.feeds;

import com.shareuptime.streams.testing.JobSeams;
import java.util.List;

class SeamsTest extends JobSeams {
  SeamsTest() {
    super(
        "feeds",
        List.of("audience", "control", "fanout", "feed", "row"),
        List.of(
            "Author",
            "Posts",
            "Reader",
            "Followee",
            "Filling",
            "FeedRowParser",
            "OwnRowParser",
            "RecentActivity",
            "DeliveryParser",
            "FeedKeys",
            "Ascii"));
  }
}
