package com.shareuptime.streams.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.testing.DrawnIds;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BucketTest {
  /** State lies under these. */
  @ParameterizedTest
  @CsvSource({
    "1, 79",
    "2, 30",
    "7, 41",
    "9223372036854775807, 112",
  })
  void aUserStaysInItsBucket(long user, int bucket) {
    assertThat(Bucket.of(Id.of(user))).isEqualTo(bucket);
  }

  @ParameterizedTest
  @CsvSource({"c0ffee00-0000-4000-8000-0000000000ff, 67", "at://x/7, 88"})
  void soDoesOneOfAnotherKind(String user, int bucket) {
    assertThat(Bucket.of(Id.of(user))).isEqualTo(bucket);
  }

  @ParameterizedTest
  @EnumSource
  void usersAreSpread(DrawnIds ids) {
    int[] users = new int[Bucket.COUNT];
    LongStream.rangeClosed(1, 100 * Bucket.COUNT).forEach(n -> users[Bucket.of(ids.of(n))]++);
    for (int some : users) {
      assertThat(some).isBetween(50, 150);
    }
  }

  @Test
  void aBucketIsOneOf128() {
    assertThat(Bucket.of(Id.of(-1))).isBetween(0, Bucket.COUNT - 1);
  }
}
