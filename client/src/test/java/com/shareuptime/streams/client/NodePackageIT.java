package com.shareuptime.streams.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.contract.Id;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The package for Node reads what the contract says, on the same histories as the reader here. */
@Timeout(300)
class NodePackageIT {
  private static final int HISTORIES = 8;
  private static final Path PACKAGE = Path.of("../client-node").toAbsolutePath().normalize();

  @ParameterizedTest
  @EnumSource
  void theFeedEqualsTheContracts(Schema schema) throws Exception {
    assumeTrue(hasNode(), "node is not on the PATH: the package was not tried");
    assumeTrue(
        Files.isDirectory(PACKAGE.resolve("node_modules")),
        "pg and redis are not there: run `npm ci` in " + PACKAGE);
    try (Stores stores =
        new Stores("feed_node_" + schema.name().toLowerCase(Locale.ROOT), schema)) {
      ContractFeed contract = new ContractFeed(stores);
      for (long seed = 0; seed < HISTORIES; seed++) {
        History history = new History(seed, schema.ids);
        new HistoryWriter(stores).write(history);
        assertThat(wholeFeed(stores, history))
            .as("seed %d", seed)
            .isEqualTo(contract.of(history.reader));
      }
    }
  }

  private static boolean hasNode() throws InterruptedException {
    try {
      return new ProcessBuilder("node", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static List<Id> wholeFeed(Stores stores, History history) throws Exception {
    List<Id> ids = new ArrayList<>();
    JsonNode page = read(stores, history, List.of());
    while (true) {
      page.get("entries")
          .forEach(entry -> ids.add(history.ids.kind.parse(entry.get("id").asText())));
      if (page.get("next").isNull()) {
        return ids;
      }
      page = read(stores, history, List.of(page.get("next").asText()));
    }
  }

  private static JsonNode read(Stores stores, History history, List<String> cursor)
      throws Exception {
    List<String> command =
        new ArrayList<>(List.of("node", "examples/feed.mjs", history.reader.toString()));
    command.addAll(cursor);
    ProcessBuilder builder = new ProcessBuilder(command).directory(PACKAGE.toFile());
    builder.environment().put("POSTGRES_URL", stores.postgresUrl());
    builder.environment().put("REDIS_URL", stores.stack().redisUrl());
    Process node = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    byte[] output = node.getInputStream().readAllBytes();
    assertThat(node.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(node.exitValue()).as("exit code of node").isZero();
    return new ObjectMapper().readTree(output);
  }
}
