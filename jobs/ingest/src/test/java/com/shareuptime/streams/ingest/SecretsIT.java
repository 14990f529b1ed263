package com.shareuptime.streams.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.ingest.mapping.IngestModel;
import com.shareuptime.streams.ingest.slot.SlotSource;
import com.shareuptime.streams.option.ConnectionOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A password is read from its file where it is used, and is nowhere else. */
class SecretsIT {
  private static final String CANARY = "canary-5e1d0c";

  @Test
  void thePasswordIsInNoLogAndNotInTheJobGraph(@TempDir Path folder) throws Exception {
    IngestStack stack = IngestStack.shared();
    stack.reset();
    stack.sql(
        "drop role if exists canary",
        "create role canary superuser replication login password '" + CANARY + "'");
    Configuration configuration = stack.configuration();
    configuration.set(ConnectionOptions.SOURCE_USER, "canary");
    configuration.set(
        ConnectionOptions.SOURCE_PASSWORD_FILE,
        Files.writeString(folder.resolve("password"), CANARY + "\n").toString());
    IngestOptions options = IngestOptions.of(configuration);

    assertThat(
            new String(
                InstantiationUtil.serializeObject(
                    SlotSource.of(options, IngestModel.canonical().tables())),
                StandardCharsets.ISO_8859_1))
        .contains("canary")
        .doesNotContain(CANARY);
    try (RunningIngest job = RunningIngest.fresh(options);
        TopicReplay replay = new TopicReplay(stack.servers().kafkaBootstrap())) {
      replay.readPast(stack.walPosition(), TableRows.PATIENCE);
    }

    // everything from INFO on is written there, what the connector says of its configuration too
    String log = Files.readString(Path.of("target", "test.log"));
    assertThat(log).contains("PostgresConnectorConfig is").doesNotContain(CANARY);
  }
}
