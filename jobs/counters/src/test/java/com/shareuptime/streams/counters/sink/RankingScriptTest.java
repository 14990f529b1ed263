package com.shareuptime.streams.counters.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.counters.trending.Ranking;
import com.shareuptime.streams.counters.trending.TrendingList;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Literally, as readers know the members of a list. */
class RankingScriptTest {
  @Test
  void membersAreIdsAsKeysOfRedisHaveThem() {
    Ranking ranking =
        new Ranking(
            TrendingList.POSTS,
            List.of(
                new Ranking.Entry(Id.of(42), 2),
                new Ranking.Entry(Id.of("c0ffee00-0000-4000-8000-000000000001"), 1.5),
                new Ranking.Entry(Id.of("ü{1}"), 1)),
            7);
    assertThat(
            Stream.of(new RankingScript().call(ranking))
                .map(part -> new String(part, StandardCharsets.UTF_8)))
        .containsExactly(
            "trending:posts:1h",
            "0000000000000000007",
            "2.0",
            "42",
            "1.5",
            "c0ffee00-0000-4000-8000-000000000001",
            "1.0",
            "ü%7B1%7D");
  }
}
