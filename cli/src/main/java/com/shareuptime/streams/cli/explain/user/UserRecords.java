package com.shareuptime.streams.cli.explain.user;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.cli.tail.Look;
import com.shareuptime.streams.cli.tail.Mentions;
import com.shareuptime.streams.cli.tail.RefusedRecord;
import com.shareuptime.streams.cli.tail.RefusedRecords;
import com.shareuptime.streams.cli.tail.RowChange;
import com.shareuptime.streams.cli.tail.RowChanges;
import com.shareuptime.streams.cli.tail.TopicTails;
import com.shareuptime.streams.contract.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the newest records of Kafka say of a user.
 *
 * @param last how far back they are looked for
 */
record UserRecords(Settings settings, Duration last) {
  private static final int SHOWN = 10;
  private static final String USERS = "users";

  /**
   * What was found; of each list the newest few.
   *
   * @param settled whether his row is known not to have changed
   * @param activity the newest event; null if there is none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Found(
      int changeCount,
      List<RowChange> changes,
      boolean settled,
      Activity.Event activity,
      int deadLetterCount,
      List<RefusedRecord> deadLetters,
      List<Look> looks) {}

  Found read(Id user) {
    Instant since = Instant.now().minus(last);
    String id = user.toString();
    RowChanges changes =
        new RowChanges(
            Map.of(USERS, Map.of("id", id), "follows", Map.of("follower_id", id)), since);
    Activity activity = new Activity(user, since);
    RefusedRecords deadLetters = new RefusedRecords(Mentions.ofUser(user), since);
    List<Look> looks = new TopicTails(settings).show(List.of(changes, activity, deadLetters));
    boolean isWhole =
        looks.stream().filter(look -> look.topic().equals("cdc." + USERS)).allMatch(Look::isWhole);
    return new Found(
        changes.count(),
        changes.newest(SHOWN),
        isWhole && !changes.has(USERS),
        activity.newest().orElse(null),
        deadLetters.count(),
        deadLetters.newest(SHOWN),
        looks);
  }
}
