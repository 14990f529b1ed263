package com.shareuptime.streams.cli.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MentionsTest {
  private static final Mentions POST = Mentions.of(Target.post(Id.of(42)));
  private static final Mentions USER = Mentions.ofUser(Id.of(7));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"target\": \"post\", \"target_id\": \"42\"",
        "{\"target_id\":42,\"target\":\"post\",\"broken",
        "{\"target_type\":\"post\",\"target_id\":42,\"user_id\":7}",
        "{\"post_id\":42}",
        "post 42, version 1: {}",
        "CounterUpdate[target=CounterTarget[type=POST, id=42], likes=1]"
      })
  void aPostIsNamedHoweverItIsSpelled(String text) {
    assertThat(POST.isIn("likes-events", "", text)).isTrue();
    assertThat(Mentions.of(Target.post(Id.of(4))).isIn("likes-events", "", text)).isFalse();
    assertThat(Mentions.of(Target.reel(Id.of(42))).isIn("likes-events", "", text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"user_id\": \"7\"}",
        "{\"author_id\":7,\"id\":1}",
        "{\"follower_id\":1,\"followee_id\":7}",
        "Complete[user=7, epoch=1, mark=0]",
        "posts of 9 to [1, 7, 77]: x"
      })
  void aUserIsNamedHoweverHeIsSpelled(String text) {
    assertThat(USER.isIn("any", "", text)).isTrue();
    assertThat(Mentions.ofUser(Id.of(79)).isIn("any", "", text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"user_id\": \"018F6E2C-9A1B-7CDE-8F00-0123456789AB\"}",
        "Complete[user=018f6e2c-9a1b-7cde-8f00-0123456789ab, epoch=1, mark=0]",
        "feed:{018f6e2c-9a1b-7cde-8f00-0123456789ab}",
        "posts of 9 to [x, 018f6e2c-9a1b-7cde-8f00-0123456789ab]: x"
      })
  void aUuidIsNamed(String text) {
    Mentions user = Mentions.ofUser(Id.of("018f6e2c-9a1b-7cde-8f00-0123456789ab"));
    assertThat(user.isIn("any", "", text)).isTrue();
    assertThat(user.isIn("any", "", text.replaceFirst("(?i)ab(?=\\W)", "ac"))).isFalse();
  }

  @Test
  void aTextIsNamedAsItIs() {
    Mentions post = Mentions.of(Target.post(Id.of("a.\"{7")));
    assertThat(post.isIn("any", "post:a.\"{7", "")).isTrue();
    assertThat(post.isIn("any", "post:a.\"{78", "")).isFalse();
    assertThat(post.isIn("any", "post:ax\"{7", "")).isFalse();
    assertThat(post.isIn("any", "", "{\"post_id\":\"a.\\\"{7\"}")).isTrue();
    assertThat(Mentions.ofUser(Id.of("{7")).isIn("any", "feed:{%7B7}", "")).isTrue();
  }

  @Test
  void anIdAloneNamesWhatTheTopicIsOf() {
    assertThat(POST.isIn("cdc.posts", "{\"id\":42}", "")).isTrue();
    assertThat(POST.isIn("cdc.comments", "{\"id\":42}", "")).isFalse();
    assertThat(USER.isIn("cdc.users", "{\"id\":7}", "")).isTrue();
    assertThat(USER.isIn("cdc.posts", "{\"id\":7}", "")).isFalse();
  }

  @Test
  void theKeyOfAnEventNamesItsTarget() {
    assertThat(POST.isIn("likes-events", "post:42", "not JSON")).isTrue();
    assertThat(POST.isIn("likes-events", "post:421", "not JSON")).isFalse();
  }
}
