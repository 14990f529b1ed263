package com.shareuptime.streams.proof.traffic.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NamesTest {
  @Test
  void noUserEverHasAnothersName() {
    Map<String, Long> owners = new HashMap<>();
    for (long user = 1; user <= 2_000; user++) {
      for (long revision = 0; revision < 20; revision++) {
        String name = Names.profile(user, revision).username();
        assertThat(owners.putIfAbsent(name, user)).as(name).isIn(null, user);
      }
    }
    assertThat(owners).hasSizeGreaterThan(20_000);
  }

  @Test
  void usernamesAreAsciiThatEndsWithTheId() {
    for (long user = 1; user <= 5_000; user++) {
      assertThat(Names.profile(user, 0).username()).matches("[a-z]{2,}(_?[a-z]+)?" + user);
    }
  }

  @Test
  void profilesDifferInAll() {
    Set<String> displayNames = new HashSet<>();
    int verified = 0;
    int faceless = 0;
    for (long user = 1; user <= 2_000; user++) {
      Profile profile = Names.profile(user, 0);
      displayNames.add(profile.displayName());
      verified += profile.isVerified() ? 1 : 0;
      faceless += profile.avatarUrl() == null ? 1 : 0;
    }
    assertThat(displayNames).hasSizeGreaterThan(1_000);
    assertThat(verified).isBetween(40, 140);
    assertThat(faceless).isBetween(300, 500);
  }
}
