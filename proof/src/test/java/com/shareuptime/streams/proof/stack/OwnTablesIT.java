package com.shareuptime.streams.proof.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.shareuptime.streams.cli.output.ConsentMixin;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Ports;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import redis.clients.jedis.Jedis;

/** Rows of a product's own database, counted by the jobs of a stack that keeps read models only. */
@Timeout(900)
class OwnTablesIT {
  private static final String POST = "00000000-0000-0000-0000-00000000000a";
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir private Path folder;

  @Test
  void likesAreCountedThenNothingIsLeftAndAfterThatTheyAreCountedOn() throws Exception {
    try (StagingDatabase product = new StagingDatabase()) {
      product.run(
          "insert into users (id, username) select ('00000000-0000-0000-0000-00000000000' ||"
              + " n)::uuid, 'u' || n from generate_series(1, 4) n");
      product.run(
          "insert into posts (id, user_id, content) select '"
              + POST
              + "', id, 'c' from users limit 1");
      like(product, 1);
      LocalStack stack = LocalStack.at(folder, Ports.free());
      try {
        up(stack, product);
        awaitLikes(stack, "1");
        like(product, 2);
        awaitLikes(stack, "2");

        attachment(stack).end();
        assertThat(product.traces()).isEmpty();
        like(product, 3);

        up(stack, product);
        awaitLikes(stack, "3");
        like(product, 4);
        awaitLikes(stack, "4");
        attachment(stack).end();
        assertThat(product.traces()).isEmpty();
      } finally {
        stack.wipe();
      }
    }
  }

  private static Attachment attachment(LocalStack stack) {
    return new Attachment(
        stack,
        CommandLine.populateCommand(new ConsentMixin(), "--yes"),
        new PrintWriter(System.out, true));
  }

  /** As the command does it, with the jobs that count. */
  private static void up(LocalStack stack, StagingDatabase product) {
    attachment(stack).begin(product.url(), product.password(), StagingDatabase.model());
    Bringup bringup =
        Bringup.onTables(stack, System.out::println, Optional.of(StagingDatabase.model()));
    bringup.withoutJobs();
    bringup.job("ingest");
    bringup.job("counters");
  }

  private static void like(StagingDatabase product, int user) {
    product.run(
        "insert into likes (user_id, target_id, target_type) values ('00000000-0000-0000-0000-00000000000%d', '%s', 'post')"
            .formatted(user, POST));
  }

  private static void awaitLikes(LocalStack stack, String likes) {
    try (Jedis redis = new Jedis(URI.create(stack.redisUrl()), 5_000)) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .untilAsserted(
              () ->
                  assertThat(redis.hget("counters:{post:" + POST + "}", "likes")).isEqualTo(likes));
    }
  }
}
